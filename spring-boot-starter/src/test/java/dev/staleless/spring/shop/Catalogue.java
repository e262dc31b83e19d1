package dev.staleless.spring.shop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Views of the items, which are cached. Nothing evicts them. */
@Service
public class Catalogue {

    /** An item as it is shown. */
    public record View(int id, String name, int price) {}

    private final Items items;
    private final JdbcClient jdbc;
    private final AtomicInteger computed = new AtomicInteger();

    public Catalogue(Items items, JdbcClient jdbc) {
        this.items = items;
        this.jdbc = jdbc;
    }

    /** How many methods ran. */
    public int computed() {
        return computed.get();
    }

    private static View view(Item item) {
        return new View(item.getId(), item.getName(), item.getPrice());
    }

    @Cacheable("view")
    @Transactional(readOnly = true)
    public @Nullable View view(int id) {
        computed.incrementAndGet();
        return items.findById(id).map(Catalogue::view).orElse(null);
    }

    @Cacheable("optional")
    public Optional<View> optional(int id) {
        computed.incrementAndGet();
        return items.findById(id).map(Catalogue::view);
    }

    @Cacheable("owned")
    public List<View> owned(int owner) {
        computed.incrementAndGet();
        return items.findByOwnerOrderById(owner).stream().map(Catalogue::view).toList();
    }

    @Cacheable(cacheNames = "total", key = "'all owners of ' + #owner", sync = true)
    public long total(int owner) {
        computed.incrementAndGet();
        return jdbc.sql("SELECT coalesce(sum(price), 0) FROM item WHERE owner = ?")
                .param(owner)
                .query(Long.class)
                .single();
    }

    @Cacheable(cacheNames = "cheap", condition = "#owner > 0", unless = "#result.isEmpty()")
    public List<String> cheap(int owner, int below) {
        computed.incrementAndGet();
        return jdbc.sql("SELECT name FROM item WHERE owner = ? AND price < ? ORDER BY id")
                .param(owner)
                .param(below)
                .query(String.class)
                .list();
    }

    /** Changes by itself. */
    @Cacheable("clock")
    public String clock() {
        computed.incrementAndGet();
        return jdbc.sql("SELECT now()::text").query(String.class).single();
    }

    /** An entity is no value: it belongs to a session, but it may be kept where it comes back from JSON as it is. */
    @Cacheable("future")
    public CompletableFuture<Integer> future(int id) {
        computed.incrementAndGet();
        return CompletableFuture.completedFuture(id);
    }

    @CacheEvict(cacheNames = "view")
    public void evict(int id) {}

    @CacheEvict(cacheNames = "view", allEntries = true)
    public void evictAll() {}

    @CachePut(cacheNames = "view", key = "#id")
    @Transactional
    public View rename(int id, String name) {
        jdbc.sql("UPDATE item SET name = ? WHERE id = ?").param(name).param(id).update();
        return new View(id, "what the method returned", 0);
    }

    /** Reads what it puts. */
    @CachePut(cacheNames = "view", key = "#id")
    public @Nullable View refresh(int id) {
        computed.incrementAndGet();
        return items.findById(id).map(Catalogue::view).orElse(null);
    }

    @Transactional
    public void price(int id, int price) {
        items.findById(id).ifPresent(item -> item.setPrice(price));
    }
}
