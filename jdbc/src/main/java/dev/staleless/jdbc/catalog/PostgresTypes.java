package dev.staleless.jdbc.catalog;

import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns PostgreSQL's types, type modifiers and collations into {@link ColumnType}s. */
final class PostgresTypes {

    /** OID of the pseudo-collation that stands for the database's. */
    static final long DEFAULT_COLLATION = 100;

    private static final int MODIFIER_HEADER = 4;
    private static final int SCALE_BITS = 11;
    private static final int SCALE_MASK = (1 << SCALE_BITS) - 1;
    private static final int SCALE_SIGN = 1 << (SCALE_BITS - 1);
    private static final int DEFAULT_FRACTION = 6;
    private static final int INT2_DIGITS = 5;
    private static final int INT4_DIGITS = 10;
    private static final int INT8_DIGITS = 19;

    private final Map<Long, Domain> domains;
    private final Map<Long, Equality> collations;

    /** A domain and what it is over. */
    record Domain(long base, int modifier, boolean hasDefault) {}

    PostgresTypes(Map<Long, Domain> domains, Map<Long, Equality> collations) {
        this.domains = domains;
        this.collations = collations;
    }

    /** Whether the type is a domain, or a domain over one, that has a default of its own. */
    boolean hasDefault(long type) {
        Domain domain = domains.get(type);
        return domain != null && (domain.hasDefault || hasDefault(domain.base));
    }

    /** A value of a domain is stored and compared as one of its base type; its checks only refuse values. */
    ColumnType type(long type, int modifier, long collation) {
        Domain domain = domains.get(type);
        if (domain != null) {
            return type(domain.base, domain.modifier, collation);
        }
        return switch ((int) type) {
            case 16 -> exact(Kind.BOOLEAN, -1, -1);
            case 21 -> exact(Kind.INTEGER, INT2_DIGITS, 0);
            case 23 -> exact(Kind.INTEGER, INT4_DIGITS, 0);
            case 20 -> exact(Kind.INTEGER, INT8_DIGITS, 0);
            case 1700 -> decimal(modifier);
            case 700, 701 -> exact(Kind.FLOAT, -1, -1);
            case 25, 1043 -> text(Kind.TEXT, modifier, collation);
            case 1042 -> text(Kind.FIXED_TEXT, modifier, collation);
            case 17 -> exact(Kind.BYTES, -1, -1);
            case 1082 -> exact(Kind.DATE, -1, -1);
            case 1083 -> exact(Kind.TIME, fraction(modifier), -1);
            case 1114 -> exact(Kind.TIMESTAMP, fraction(modifier), -1);
            case 1184 -> exact(Kind.TIMESTAMP_TZ, fraction(modifier), -1);
            case 2950 -> exact(Kind.UUID, -1, -1);
            default -> ColumnType.UNKNOWN;
        };
    }

    private static ColumnType exact(Kind kind, int precision, int scale) {
        return new ColumnType(kind, precision, scale, Equality.EXACT);
    }

    private static ColumnType decimal(int modifier) {
        if (modifier < MODIFIER_HEADER) {
            return exact(Kind.DECIMAL, -1, -1);
        }
        int packed = modifier - MODIFIER_HEADER;
        // A scale may be negative: eleven bits in two's complement.
        int scale = ((packed & SCALE_MASK) ^ SCALE_SIGN) - SCALE_SIGN;
        return exact(Kind.DECIMAL, (packed >> 16) & 0xffff, scale);
    }

    private static int fraction(int modifier) {
        return modifier < 0 ? DEFAULT_FRACTION : modifier;
    }

    private ColumnType text(Kind kind, int modifier, long collation) {
        int length = modifier < MODIFIER_HEADER ? -1 : modifier - MODIFIER_HEADER;
        return new ColumnType(kind, length, -1, collations.getOrDefault(collation, Equality.UNKNOWN));
    }

    /**
     * How a collation compares.
     *
     * @param provider {@code c} for libc, {@code b} for built-in, {@code i} for ICU
     * @param locale its locale for libc and the built-in provider
     * @param encoding the database's
     */
    static Equality equality(char provider, @Nullable String locale, boolean deterministic, String encoding) {
        if (!deterministic) {
            return Equality.UNKNOWN;
        }
        // Byte order is code point order in these encodings alone. The libc's C.UTF-8 is left out: old versions order
        // it
        // otherwise.
        boolean bytesAreOrdered = encoding.equals("UTF8") || encoding.equals("LATIN1");
        boolean ordered = locale != null
                && switch (provider) {
                    case 'c' -> locale.equals("C") || locale.equals("POSIX");
                    case 'b' -> locale.equals("C") || locale.equals("C.UTF-8") || locale.equals("PG_UNICODE_FAST");
                    default -> false;
                };
        return ordered && bytesAreOrdered ? Equality.EXACT_ORDERED : Equality.EXACT;
    }
}
