package dev.staleless.spring.warehouse;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** An item of the shop, as Spring Data JDBC maps it. */
@Table("item")
public record Article(@Id int id, String name, int price, int owner) {

    public Article at(int other) {
        return new Article(id, name, other, owner);
    }
}
