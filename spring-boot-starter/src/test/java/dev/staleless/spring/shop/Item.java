package dev.staleless.spring.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something for sale. */
@Entity
@Table(name = "item")
public class Item {

    @Id
    private int id;

    private String name = "";

    private int price;

    private int owner;

    protected Item() {}

    public Item(int id, String name, int price, int owner) {
        this.id = id;
        this.name = name;
        this.price = price;
        this.owner = owner;
    }

    public int getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public int getPrice() {
        return price;
    }

    public void setPrice(int price) {
        this.price = price;
    }

    public int getOwner() {
        return owner;
    }
}
