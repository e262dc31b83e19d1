package dev.staleless.spring.shop;

import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ComputedSettings;
import dev.staleless.spring.ComputedPage;
import dev.staleless.spring.ComputedPages;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** The items over HTTP. */
@RestController
@ConditionalOnWebApplication
public class ItemPages {

    private final ComputedPages pages;
    private final Items items;
    private final AtomicInteger run = new AtomicInteger();

    public ItemPages(ComputedPages pages, Items items) {
        this.pages = pages;
        this.items = items;
    }

    /** How often {@link #names} was run. */
    public int run() {
        return run.get();
    }

    @GetMapping("/names/{owner}")
    @ComputedPage(ttl = "10m", vary = "Accept-Language")
    public String names(@PathVariable("owner") int owner) {
        run.incrementAndGet();
        return items.findByOwnerOrderById(owner).stream()
                .map(Item::getName)
                .toList()
                .toString();
    }

    @GetMapping("/items/{owner}")
    public ResponseEntity<byte[]> owned(@PathVariable("owner") int owner, WebRequest request) {
        return pages.page(
                request,
                ComputedKey.of("items", owner),
                ComputedSettings.of(Duration.ofHours(1)),
                MediaType.TEXT_PLAIN,
                () -> items.findByOwnerOrderById(owner).stream()
                        .map(Item::getName)
                        .toList()
                        .toString());
    }
}
