package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.spring.warehouse.Article;
import dev.staleless.spring.warehouse.Articles;
import dev.staleless.spring.warehouse.WarehouseApplication;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** An application whose repositories are those of Spring Data JDBC, and that evicts nothing. */
class SpringDataJdbcTest {

    private ShopDatabase database;
    private ConfigurableApplicationContext application;
    private Articles articles;
    private StalelessDataSource source;

    @BeforeEach
    void start() throws Exception {
        database = new ShopDatabase();
        application = database.start(
                WarehouseApplication.class, "staleless.cache-everything=10m", "staleless.admission=always");
        articles = application.getBean(Articles.class);
        source = application.getBean(DataSource.class).unwrap(StalelessDataSource.class);
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        database.close();
    }

    private long hits(Supplier<?> read) {
        long before = source.statistics().hits();
        read.get();
        return source.statistics().hits() - before;
    }

    private List<Integer> prices(int owner) {
        return articles.findByOwnerOrderById(owner).stream().map(Article::price).toList();
    }

    @Test
    void whatIsReadAgainIsServedUntilASaveChangesIt() {
        assertThat(prices(1)).containsExactly(10, 40, 70, 100);
        assertThat(prices(2)).containsExactly(20, 50, 80, 110);
        assertThat(hits(() -> prices(1))).isEqualTo(1);

        articles.save(articles.findById(1).orElseThrow().at(11));

        assertThat(hits(() -> prices(2))).as("not concerned").isEqualTo(1);
        assertThat(prices(1)).containsExactly(11, 40, 70, 100);
        assertThat(hits(() -> prices(1))).isEqualTo(1);
    }

    @Test
    void insertsDeletesAndModifyingQueriesDropToo() {
        JdbcAggregateTemplate template = application.getBean(JdbcAggregateTemplate.class);
        assertThat(prices(1)).containsExactly(10, 40, 70, 100);
        template.insert(new Article(13, "item 13", 130, 1));
        assertThat(prices(1)).containsExactly(10, 40, 70, 100, 130);
        articles.deleteById(4);
        assertThat(prices(1)).containsExactly(10, 70, 100, 130);
        assertThat(articles.raise(1, 5)).isEqualTo(4);
        assertThat(prices(1)).containsExactly(15, 75, 105, 135);
        articles.deleteAllById(List.of(1, 7));
        assertThat(prices(1)).containsExactly(105, 135);
        assertThat(hits(() -> prices(1))).isEqualTo(1);
    }

    @Test
    void aCacheableMethodOfARepositoryIsDroppedWithWhatItRead() {
        assertThat(articles.worth(1)).isEqualTo(220);
        assertThat(articles.worth(1)).isEqualTo(220);
        long computed = source.computed().statistics().hits();
        assertThat(computed).isEqualTo(1);
        articles.raise(2, 1);
        assertThat(articles.worth(1)).isEqualTo(220);
        assertThat(source.computed().statistics().hits()).isEqualTo(2);
        articles.raise(1, 1);
        assertThat(articles.worth(1)).isEqualTo(224);
    }

    @Test
    void whatARolledBackTransactionWroteIsSeenByItAlone() {
        TransactionTemplate transactions = application.getBean(TransactionTemplate.class);
        assertThat(prices(1)).containsExactly(10, 40, 70, 100);
        transactions.executeWithoutResult(status -> {
            articles.raise(1, 1);
            assertThat(prices(1)).containsExactly(11, 41, 71, 101);
            assertThat(articles.worth(1)).isEqualTo(224);
            status.setRollbackOnly();
        });
        assertThat(prices(1)).containsExactly(10, 40, 70, 100);
        assertThat(articles.worth(1)).isEqualTo(220);
    }
}
