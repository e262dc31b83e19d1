package dev.staleless.examples.gazetteer;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.persistence.OptimisticLockException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application over HTTP, in JSON. A request that fails is answered with a {@link Problem}. */
final class GazetteerApi {

    private static final Logger LOG = LoggerFactory.getLogger(GazetteerApi.class);

    private static final Set<String> LISTING_FIELDS = Stream.concat(
                    TerritoryFilter.FIELDS.stream(), Paging.FIELDS.stream())
            .collect(Collectors.toSet());

    private final Gazetteer gazetteer;
    private final ActivityFeed feed;

    GazetteerApi(Gazetteer gazetteer, ActivityFeed feed) {
        this.gazetteer = gazetteer;
        this.feed = feed;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/territories", this::list);
        routes.post("/api/territories", this::create);
        routes.get("/api/territories/{id}", request -> request.json(gazetteer.detail(id(request))));
        routes.put("/api/territories/{id}", this::update);
        routes.delete("/api/territories/{id}", this::delete);
        routes.put("/api/territories/{id}/names/{locale}", this::rename);
        routes.get("/api/choices", request -> request.json(gazetteer.choices()));
        routes.get("/api/activity", this::activity);
        routes.put("/api/cache", this::useCache);
        addProblems(routes);
    }

    private void list(Context request) {
        var parameters = new Parameters(request.queryParamMap());
        parameters.allowOnly(LISTING_FIELDS);
        request.json(gazetteer.list(TerritoryFilter.of(parameters), Paging.of(parameters)));
    }

    private void create(Context request) {
        var created = gazetteer.create(TerritoryForm.parse(request.body()));
        request.status(HttpStatus.CREATED)
                .header("Location", "/api/territories/" + created.id())
                .json(created);
    }

    private void update(Context request) {
        request.json(gazetteer.update(id(request), TerritoryForm.parse(request.body())));
    }

    private void delete(Context request) {
        var parameters = new Parameters(request.queryParamMap());
        parameters.allowOnly(Set.of("version"));
        int version = parameters.number("version", -1, 0, Integer.MAX_VALUE);
        gazetteer.delete(id(request), version);
        request.status(HttpStatus.NO_CONTENT);
    }

    private void rename(Context request) {
        request.json(gazetteer.rename(id(request), request.pathParam("locale"), NameForm.parse(request.body())));
    }

    private void activity(Context request) {
        var parameters = new Parameters(request.queryParamMap());
        parameters.allowOnly(Set.of("after"));
        var after = parameters.number("after");
        request.json(feed.since(after == null ? 0 : after));
    }

    private void useCache(Context request) {
        feed.useCache(Body.parse(request.body(), Set.of("on")).flag("on"));
        request.status(HttpStatus.NO_CONTENT);
    }

    private static int id(Context request) {
        var id = request.pathParam("id");
        if (!id.matches("\\d{1,9}")) {
            throw new BadInputException("id", id, "a number");
        }
        return Integer.parseInt(id);
    }

    private static void addProblems(RoutesConfig routes) {
        routes.exception(
                BadInputException.class,
                (e, request) -> request.status(HttpStatus.BAD_REQUEST)
                        .json(new Problem(HttpStatus.BAD_REQUEST.getCode(), text(e), e.field(), e.allowed())));
        routes.exception(NotFoundException.class, (e, request) -> answer(request, HttpStatus.NOT_FOUND, text(e)));
        routes.exception(ConflictException.class, (e, request) -> answer(request, HttpStatus.CONFLICT, text(e)));
        routes.exception(
                OptimisticLockException.class,
                (e, request) -> answer(
                        request, HttpStatus.CONFLICT, "The row was changed by somebody else just now. Load it again."));
        routes.exception(
                ConstraintViolationException.class,
                (e, request) -> answer(
                        request, HttpStatus.CONFLICT, "The change breaks the constraint " + e.getConstraintName()));
        routes.exception(
                HttpResponseException.class,
                (e, request) -> request.status(e.getStatus()).json(Problem.of(e.getStatus(), text(e))));
        routes.exception(Exception.class, (e, request) -> {
            LOG.error("Request failed: {} {}", request.method(), request.path(), e);
            answer(request, HttpStatus.INTERNAL_SERVER_ERROR, "The request failed; the log of the server says why");
        });
    }

    private static void answer(Context request, HttpStatus status, String message) {
        request.status(status).json(Problem.of(status.getCode(), message));
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
