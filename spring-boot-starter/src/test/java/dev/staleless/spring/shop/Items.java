package dev.staleless.spring.shop;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** The items. */
public interface Items extends JpaRepository<Item, Integer> {
    List<Item> findByOwnerOrderById(int owner);
}
