package dev.staleless.spring.shop;

import dev.staleless.jdbc.CacheResults;
import jakarta.persistence.QueryHint;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

/** Of whose queries some ask to be cached. */
public interface Prices extends Repository<Item, Integer> {

    @CacheResults(ttl = "10m")
    @Query("select i.price from Item i where i.owner = :owner order by i.id")
    List<Integer> annotated(int owner);

    @QueryHints(@QueryHint(name = "staleless.ttl", value = "10m"))
    @Query("select i.price from Item i where i.owner = :owner order by i.price, i.id")
    List<Integer> hinted(int owner);

    @Query("select i.price from Item i where i.owner = :owner order by i.name, i.id")
    List<Integer> neither(int owner);
}
