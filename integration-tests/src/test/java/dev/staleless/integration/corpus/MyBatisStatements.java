package dev.staleless.integration.corpus;

import java.math.BigDecimal;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application of MyBatis asks for: every search form with every choice of its fields, and plain statements. */
final class MyBatisStatements {

    private static final Logger LOG = LoggerFactory.getLogger(MyBatisStatements.class);

    private final SqlSessionFactory factory;

    private MyBatisStatements(DataSource source) {
        Configuration configuration =
                new Configuration(new Environment("corpus", new JdbcTransactionFactory(), source));
        configuration.addMapper(MyBatisMapper.class);
        factory = new SqlSessionFactoryBuilder().build(configuration);
    }

    static void send(DataSource source) throws Exception {
        MyBatisStatements statements = new MyBatisStatements(source);
        statements.forms();
        statements.lists();
        statements.everyTable(source);
        CorpusFile.lines("mybatis.txt").forEach(statements::plain);
    }

    private void in(Consumer<MyBatisMapper> work) {
        try (SqlSession session = factory.openSession()) {
            work.accept(session.getMapper(MyBatisMapper.class));
        } catch (PersistenceException e) {
            LOG.debug("refused", e);
        }
    }

    // ---- search forms

    private void forms() {
        every(
                Map.of("name", "a", "least", 1, "most", 9, "category", "c", "ids", List.of(1L, 2L), "order", "price"),
                form -> mapper -> mapper.products(form));
        every(Map.of("limit", 10, "offset", 20, "order", "name", "name", "b"), form -> mapper -> mapper.products(form));
        every(
                Map.of("project", 1, "state", "OPEN", "assignee", 1, "label", "bug", "late", true),
                form -> mapper -> mapper.issues(withFalse(form, "late")));
        every(
                Map.of("status", "NEW", "customer", 1, "from", "2026-01-01", "to", "2026-02-01", "unpaid", true),
                form -> mapper -> mapper.orders(withFalse(form, "unpaid")));
        every(
                Map.of("tenant", 1, "account", "1", "least", 5, "purpose", "a%", "since", "2026-01-01"),
                form -> mapper -> mapper.bookings(form));
        every(
                Map.of("id", 1, "name", "a", "price", BigDecimal.ONE, "stock", 1, "description", "d"),
                form -> mapper -> mapper.changeProduct(form));
        every(
                Map.of("city", "Paris", "country", "FR", "credit", BigDecimal.ONE),
                form -> mapper -> mapper.addCustomer(withPerson(form)));
    }

    private static Map<String, Object> withFalse(Map<String, Object> form, String name) {
        form.putIfAbsent(name, false);
        return form;
    }

    private static Map<String, Object> withPerson(Map<String, Object> form) {
        form.put("email", "a@b.c");
        form.put("name", "a");
        return form;
    }

    /** Every choice of the fields, in a fixed order. */
    private void every(Map<String, Object> fields, Function<Map<String, Object>, Consumer<MyBatisMapper>> use) {
        List<String> names = fields.keySet().stream().sorted().toList();
        for (int choice = 0; choice < 1 << names.size(); choice++) {
            Map<String, Object> form = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                if ((choice & 1 << i) != 0) {
                    form.put(names.get(i), fields.get(names.get(i)));
                }
            }
            in(use.apply(form));
        }
    }

    private void lists() {
        for (int size = 1; size <= 5; size++) {
            List<String> names = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                names.add("n" + i);
                numbers.add((long) i);
            }
            in(mapper -> mapper.addTags(names));
            in(mapper -> mapper.withSkills(names));
            in(mapper -> mapper.saveSettings(1, names, null));
            in(mapper -> mapper.removeTags(1, numbers, false));
            in(mapper -> mapper.removeTags(1, numbers, true));
        }
        in(mapper -> mapper.product(1));
    }

    // ---- every table

    private void everyTable(DataSource source) throws SQLException {
        List<String[]> columns = new ArrayList<>();
        try (var connection = source.getConnection()) {
            DatabaseMetaData data = connection.getMetaData();
            try (ResultSet rows = data.getColumns(null, "public", "%", "%")) {
                while (rows.next()) {
                    columns.add(new String[] {
                        rows.getString("TABLE_NAME"), rows.getString("COLUMN_NAME"), rows.getString("TYPE_NAME")
                    });
                }
            }
        }
        Map<String, List<String>> tables = new java.util.TreeMap<>();
        columns.forEach(column ->
                tables.computeIfAbsent(column[0], name -> new ArrayList<>()).add(column[1]));
        tables.keySet().forEach(table -> in(mapper -> mapper.countOf(table)));
        for (String[] column : columns) {
            Object value = column[2].equals("varchar") ? "a" : 1;
            if (column[2].equals("varchar") || column[2].startsWith("int") || column[2].startsWith("bigserial")) {
                in(mapper -> mapper.oneOf(String.join(", ", tables.get(column[0])), column[0], column[1], value));
            }
        }
    }

    private void plain(String sql) {
        boolean select = sql.startsWith("SELECT") || sql.startsWith("WITH");
        in(mapper -> {
            if (select) {
                mapper.select(sql, 1, "b");
            } else {
                mapper.change(sql, 1, "b");
            }
        });
    }
}
