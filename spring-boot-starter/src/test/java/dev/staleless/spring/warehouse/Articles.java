package dev.staleless.spring.warehouse;

import java.util.List;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/** The articles. Nothing says when what is cached of them is outdated. */
public interface Articles extends ListCrudRepository<Article, Integer> {

    List<Article> findByOwnerOrderById(int owner);

    @Cacheable("worth")
    @Query("SELECT coalesce(sum(price), 0) FROM item WHERE owner = :owner")
    long worth(int owner);

    @Modifying
    @Query("UPDATE item SET price = price + :by WHERE owner = :owner")
    int raise(int owner, int by);
}
