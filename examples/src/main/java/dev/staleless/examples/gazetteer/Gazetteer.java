package dev.staleless.examples.gazetteer;

import dev.staleless.examples.gazetteer.Choices.RegionChoice;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.jspecify.annotations.Nullable;

/** What the application can do, each in a transaction of its own. Thread safe. */
final class Gazetteer implements AutoCloseable {

    private final SessionFactory sessions;
    private final InstantSource clock;

    private Gazetteer(SessionFactory sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    static Gazetteer open(DataSource dataSource, InstantSource clock) {
        var configuration = new HibernatePersistenceConfiguration("gazetteer")
                .managedClasses(
                        Region.class,
                        Script.class,
                        Language.class,
                        NameLocale.class,
                        Currency.class,
                        TerritoryGroup.class,
                        Territory.class,
                        TerritoryLanguage.class,
                        TerritoryCurrency.class,
                        TerritoryName.class,
                        Subdivision.class,
                        TimeZone.class)
                .property("jakarta.persistence.nonJtaDataSource", dataSource)
                .property("hibernate.physical_naming_strategy", PhysicalNamingStrategySnakeCaseImpl.class)
                .property("hibernate.default_batch_fetch_size", 50)
                .property("hibernate.jdbc.batch_size", 20);
        return new Gazetteer(configuration.createEntityManagerFactory(), clock);
    }

    Listing list(TerritoryFilter filter, Paging paging) {
        return sessions.fromTransaction(session -> {
            session.setDefaultReadOnly(true);
            return new TerritoryListing(session, filter).read(paging);
        });
    }

    TerritoryDetail detail(int id) {
        return sessions.fromTransaction(session -> TerritoryDetail.of(territory(session, id)));
    }

    TerritoryDetail create(TerritoryForm form) {
        int id = sessions.fromTransaction(session -> {
            if (codeTaken(session, form.code(), null)) {
                throw new ConflictException("There is a territory with the code " + form.code() + " already");
            }
            var territory = new Territory(form, region(session, form), groups(session, form, Set.of()), now());
            session.persist(territory);
            session.flush();
            return territory.id();
        });
        return detail(id);
    }

    TerritoryDetail update(int id, TerritoryForm form) {
        write(session -> {
            var territory = territory(session, id);
            checkVersion(territory.name(), form.versionEdited(), territory.version());
            if (!territory.code().equals(form.code()) && codeTaken(session, form.code(), id)) {
                throw new ConflictException("Another territory has the code " + form.code());
            }
            territory.change(form, region(session, form), groups(session, form, territory.groups()), now());
        });
        return detail(id);
    }

    void delete(int id, int version) {
        write(session -> {
            var territory = territory(session, id);
            checkVersion(territory.name(), version, territory.version());
            session.remove(territory);
        });
    }

    /** Says what a territory is called in a locale, whether or not it had a name there. */
    TerritoryDetail rename(int id, String locale, NameForm form) {
        write(session -> {
            var territory = territory(session, id);
            var name = session.createQuery(
                            "from TerritoryName where territory = :territory and locale.tag = :locale",
                            TerritoryName.class)
                    .setParameter("territory", territory)
                    .setParameter("locale", locale)
                    .getSingleResultOrNull();
            if (name == null) {
                session.persist(new TerritoryName(territory, locale(session, locale), form.name()));
            } else {
                checkVersion(name.name(), form.version() == null ? -1 : form.version(), name.version());
                name.rename(form.name());
            }
        });
        return detail(id);
    }

    Choices choices() {
        return sessions.fromTransaction(session -> new Choices(
                session.createQuery("select code, name, parent.code from Region order by name", RegionChoice.class)
                        .getResultList(),
                choices(session, "select code, name from TerritoryGroup order by name"),
                choices(session, "select code, name from Currency order by name"),
                choices(
                        session,
                        "select code, name from Language l where exists"
                                + " (select 1 from TerritoryLanguage where language = l) order by name"),
                choices(session, "select tag, name from NameLocale order by name")));
    }

    @Override
    public void close() {
        sessions.close();
    }

    /** Writes before the commit, since a conflict found at the commit comes wrapped in another exception. */
    private void write(Consumer<Session> change) {
        sessions.inTransaction(session -> {
            change.accept(session);
            session.flush();
        });
    }

    private static List<Choice> choices(Session session, String query) {
        return session.createQuery(query, Choice.class).getResultList();
    }

    private static Territory territory(Session session, int id) {
        var territory = session.find(Territory.class, id);
        if (territory == null) {
            throw new NotFoundException("territory", id);
        }
        return territory;
    }

    private static NameLocale locale(Session session, String tag) {
        var locale = session.find(NameLocale.class, tag);
        if (locale == null) {
            throw new NotFoundException("locale", tag);
        }
        return locale;
    }

    private static @Nullable Region region(Session session, TerritoryForm form) {
        if (form.region() == null) {
            return null;
        }
        var region = session.find(Region.class, form.region());
        if (region == null) {
            throw new BadInputException("region", form.region(), "null or the code of a region");
        }
        return region;
    }

    private static Set<TerritoryGroup> groups(Session session, TerritoryForm form, Set<TerritoryGroup> unchanged) {
        if (form.groups() == null) {
            return unchanged;
        }
        var groups = new LinkedHashSet<TerritoryGroup>();
        for (String code : form.groups()) {
            var group = session.find(TerritoryGroup.class, code);
            if (group == null) {
                throw new BadInputException("groups", code, "codes of groups");
            }
            groups.add(group);
        }
        return groups;
    }

    private static boolean codeTaken(Session session, String code, @Nullable Integer except) {
        var id = session.createQuery("select id from Territory where code = :code", Integer.class)
                .setParameter("code", code)
                .getSingleResultOrNull();
        return id != null && !id.equals(except);
    }

    private static void checkVersion(String what, int known, int current) {
        if (known != current) {
            throw ConflictException.changedMeanwhile(what, known, current);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
