package dev.staleless.integration.tracker;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.impl.UpdatableRecordImpl;

/** What jOOQ's generator would write for the tables, as far as it is needed. */
final class JooqTables {

    static final Tickets TICKET = new Tickets();

    static final org.jooq.Table<Record> PROJECT = DSL.table(DSL.name("project"));
    static final Field<Long> PROJECT_ID = DSL.field(DSL.name("project", "id"), SQLDataType.BIGINT);
    static final Field<String> PROJECT_NAME = DSL.field(DSL.name("project", "name"), SQLDataType.VARCHAR(60));
    static final Field<Boolean> PROJECT_ARCHIVED = DSL.field(DSL.name("project", "archived"), SQLDataType.BOOLEAN);

    static final org.jooq.Table<Record> COMMENT = DSL.table(DSL.name("comment"));
    static final Field<Long> COMMENT_ID = DSL.field(DSL.name("comment", "id"), SQLDataType.BIGINT);
    static final Field<Long> COMMENT_TICKET = DSL.field(DSL.name("comment", "ticket"), SQLDataType.BIGINT);
    static final Field<String> COMMENT_AUTHOR = DSL.field(DSL.name("comment", "author"), SQLDataType.VARCHAR(40));
    static final Field<String> COMMENT_TEXT = DSL.field(DSL.name("comment", "text"), SQLDataType.CLOB);

    static final org.jooq.Table<Record> LABEL = DSL.table(DSL.name("label"));
    static final Field<Long> LABEL_TICKET = DSL.field(DSL.name("label", "ticket"), SQLDataType.BIGINT);
    static final Field<String> LABEL_NAME = DSL.field(DSL.name("label", "name"), SQLDataType.VARCHAR(30));

    private JooqTables() {}

    /** A row that knows its table, so that it can be stored, read again and deleted. */
    static final class TicketRecord extends UpdatableRecordImpl<TicketRecord> {
        TicketRecord() {
            super(TICKET);
        }
    }

    static final class Tickets extends TableImpl<TicketRecord> {

        private static final long serialVersionUID = 1;

        final TableField<TicketRecord, Long> id =
                createField(DSL.name("id"), SQLDataType.BIGINT.nullable(false).identity(true));
        final TableField<TicketRecord, Long> project = createField(DSL.name("project"), SQLDataType.BIGINT);
        final TableField<TicketRecord, String> title = createField(DSL.name("title"), SQLDataType.VARCHAR(80));
        final TableField<TicketRecord, String> state = createField(DSL.name("state"), SQLDataType.VARCHAR(8));
        final TableField<TicketRecord, Integer> priority = createField(DSL.name("priority"), SQLDataType.INTEGER);
        final TableField<TicketRecord, String> assignee = createField(DSL.name("assignee"), SQLDataType.VARCHAR(40));
        final TableField<TicketRecord, BigDecimal> estimate =
                createField(DSL.name("estimate"), SQLDataType.NUMERIC(6, 2));
        final TableField<TicketRecord, LocalDate> due = createField(DSL.name("due"), SQLDataType.LOCALDATE);
        final TableField<TicketRecord, Integer> version = createField(DSL.name("version"), SQLDataType.INTEGER);

        private Tickets() {
            this(DSL.name("ticket"));
        }

        private Tickets(Name name) {
            super(name);
        }

        @Override
        public Class<TicketRecord> getRecordType() {
            return TicketRecord.class;
        }

        @Override
        public UniqueKey<TicketRecord> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("ticket_pkey"), new TableField[] {id}, true);
        }

        /** Makes {@code store()} compare and count it. */
        @Override
        public TableField<TicketRecord, Integer> getRecordVersion() {
            return version;
        }
    }
}
