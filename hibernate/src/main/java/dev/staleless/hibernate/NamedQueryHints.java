package dev.staleless.hibernate;

import jakarta.persistence.NamedNativeQueries;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQueries;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.boot.spi.MetadataImplementor;
import org.hibernate.mapping.PersistentClass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hints of named queries, as annotations of entities and of the classes above them say them: Hibernate keeps only those that it
 * knows. Immutable.
 */
final class NamedQueryHints {

    private static final Logger LOG = LoggerFactory.getLogger(NamedQueryHints.class);

    private final Map<String, QueryHints> byName = new HashMap<>();

    private NamedQueryHints() {}

    /** @throws IllegalArgumentException if one is not understood */
    static NamedQueryHints of(MetadataImplementor metadata) {
        NamedQueryHints all = new NamedQueryHints();
        for (PersistentClass entity : metadata.getEntityBindings()) {
            if (entity.hasPojoRepresentation()) {
                for (Class<?> type = entity.getMappedClass(); type != null; type = type.getSuperclass()) {
                    all.read(type);
                }
            }
        }
        return all;
    }

    private void read(Class<?> type) {
        for (NamedQuery query : type.getDeclaredAnnotationsByType(NamedQuery.class)) {
            put(query.name(), query.hints());
        }
        for (NamedNativeQuery query : type.getDeclaredAnnotationsByType(NamedNativeQuery.class)) {
            put(query.name(), query.hints());
        }
        NamedQueries several = type.getDeclaredAnnotation(NamedQueries.class);
        for (NamedQuery query : several == null ? new NamedQuery[0] : several.value()) {
            put(query.name(), query.hints());
        }
        NamedNativeQueries natives = type.getDeclaredAnnotation(NamedNativeQueries.class);
        for (NamedNativeQuery query : natives == null ? new NamedNativeQuery[0] : natives.value()) {
            put(query.name(), query.hints());
        }
    }

    private void put(String name, QueryHint[] hints) {
        QueryHints said = QueryHints.NONE;
        for (QueryHint hint : hints) {
            said = said.with(hint.name(), hint.value());
        }
        if (!said.areNone()) {
            byName.put(name, said);
        }
    }

    /** Those of a named query. */
    QueryHints of(String name) {
        return byName.getOrDefault(name, QueryHints.NONE);
    }

    /** Those that a reference to a query brings along, which JPA has from 3.2 on. */
    QueryHints ofReference(Object reference) {
        QueryHints hints = QueryHints.NONE;
        for (Class<?> type : reference.getClass().getInterfaces()) {
            if (type.getName().equals("jakarta.persistence.TypedQueryReference")) {
                try {
                    Object brought = type.getMethod("getHints").invoke(reference);
                    Object name = type.getMethod("getName").invoke(reference);
                    hints = brought instanceof Map<?, ?> map ? hints.withAll(map) : hints;
                    hints = hints.over(of(String.valueOf(name)));
                } catch (ReflectiveOperationException e) {
                    LOG.warn("The hints of a reference to a query are not seen", e);
                }
            }
        }
        return hints;
    }
}
