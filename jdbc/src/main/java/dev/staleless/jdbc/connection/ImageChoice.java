package dev.staleless.jdbc.connection;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.sql.ChangeTemplate;
import dev.staleless.sql.RowImages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the executions that fetch row images. Safe for any thread.
 *
 * <p>They are fetched only within a transaction, by a role that may read the rows, and where the statement is set up so that its own
 * result cannot differ.
 */
final class ImageChoice {
    /** Vague events are looked for among this many: those of one statement are much alike. */
    private static final int LOOKED_AT = 8;

    private static final int REMEMBERED = 1000;

    private final Wiring wiring;
    private final Map<Asked, Boolean> readable = new ConcurrentHashMap<>();
    private final Map<RowImages, ImageHistory> histories = Collections.synchronizedMap(new WeakHashMap<>());

    ImageChoice(Wiring wiring) {
        this.wiring = wiring;
    }

    /** The images that an execution is to fetch; null for none. */
    @Nullable
    RowImages choose(CachingStatement statement, ChangeTemplate template, List<ChangeEvent> events)
            throws SQLException {
        LogicalConnection connection = statement.connection;
        if (wiring.images() == Images.NEVER
                || connection.front().isForeign()
                || !connection.inTransaction()
                || connection.isReadOnly()) {
            return null;
        }
        RowImages.Returning returning =
                wiring.driver().returning(connection.borrow().connection());
        RowImages whole = returning == null ? null : template.images(returning);
        if (whole == null || events.size() > RowImages.MAX_ROWS || !statement.canBeImaged()) {
            return null;
        }
        RowImages images = readable(connection, whole, events);
        return images != null
                        && (wiring.images() == Images.ALWAYS || history(images).next())
                ? images
                : null;
    }

    /**
     * What can be read of images and pays. A read at SERIALIZABLE can make other transactions fail, so that there the rows of tables
     * are left alone that the statement does not name.
     */
    private @Nullable RowImages readable(LogicalConnection connection, RowImages images, List<ChangeEvent> events)
            throws SQLException {
        SessionState session = connection.session();
        if (session == null) {
            return null;
        }
        if (images.cascades()) {
            if (session.isolation() != Connection.TRANSACTION_SERIALIZABLE
                    && pays(images, events)
                    && wiring.driver().returnsSeveralResults(connection.borrow().connection())
                    && mayRead(connection, session, images)) {
                return images;
            }
            return readable(connection, images.withoutCascades(), events);
        }
        return pays(images, events) && mayRead(connection, session, images) ? images : null;
    }

    /** Whether anybody cares for the images of these changes, if they cost nothing. */
    boolean areWanted(List<ChangeEvent> events) {
        return switch (wiring.images()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case AUTO ->
                events.size() <= RowImages.MAX_ROWS
                        && events.stream().anyMatch(event -> wiring.cache().isCached(event.table()));
        };
    }

    /** Whether images tell more than the events do of the rows of a table that is cached. */
    private boolean pays(RowImages images, List<ChangeEvent> events) {
        return wiring.images() == Images.ALWAYS
                || wiring.cache().isCached(images.table()) && isVague(images, events)
                || images.cascades() && images.tables().stream().anyMatch(table -> isCachedBelow(table, images));
    }

    private boolean isCachedBelow(TableName table, RowImages images) {
        return !table.equals(images.table()) && wiring.cache().isCached(table);
    }

    /** Whether the session's role may read the rows: asked of the database once. */
    private boolean mayRead(LogicalConnection connection, SessionState session, RowImages images) throws SQLException {
        Asked asked = new Asked(
                images.tables(), session.digest(), wiring.catalogs().current().version());
        Boolean known = readable.get(asked);
        if (known == null) {
            known = wiring.driver().mayRead(connection.borrow().connection(), images.tables());
            if (readable.size() >= REMEMBERED) {
                readable.clear();
            }
            readable.put(asked, known);
        }
        return known;
    }

    private record Asked(Set<TableName> tables, String session, long catalog) {}

    /**
     * An execution has ended.
     *
     * @param images those that it fetched, if any
     * @param useless whether they told nothing
     */
    void executed(ChangeTemplate template, @Nullable RowImages images, long nanos, boolean useless) {
        if (wiring.images() != Images.AUTO) {
            return;
        }
        if (images != null) {
            history(images).imaged(nanos, useless);
            return;
        }
        for (RowImages.Returning returning : RowImages.Returning.values()) {
            ImageHistory history = histories.get(template.images(returning));
            if (history != null) {
                history.plain(nanos);
            }
        }
    }

    private ImageHistory history(RowImages images) {
        return histories.computeIfAbsent(images, key -> new ImageHistory());
    }

    // ---- what statements tell

    /** Whether images could tell more of the rows than the events do. */
    private static boolean isVague(RowImages images, List<ChangeEvent> events) {
        for (ChangeEvent event : events.subList(0, Math.min(LOOKED_AT, events.size()))) {
            if (event.table().equals(images.table()) && isVague(event, images)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVague(ChangeEvent event, RowImages images) {
        for (RowImages.Cell cell : images.cells(0)) {
            boolean value = cell.part() == RowImages.Part.OLD || cell.part() == RowImages.Part.NEW;
            if (value
                    && !(isKnown(event, event.before(), event.after(), cell.column())
                            && isKnown(event, event.after(), event.before(), cell.column()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a column's value is known on one side; what is not changed has that of the other. */
    private static boolean isKnown(ChangeEvent event, @Nullable Image image, @Nullable Image other, String column) {
        if (image == null || image.get(column) instanceof AbstractValue.Exact) {
            return true;
        }
        return event.kind() == ChangeEvent.Kind.UPDATE
                && other != null
                && !event.changed().contains(column)
                && other.get(column) instanceof AbstractValue.Exact;
    }
}
