package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Servers;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * A shop: pages of products, listings of categories, reviews and what they say in sum, best sellers, a search, the customers' carts. What
 * is popular is read and bought more often than what is not.
 */
final class ShopMix implements MixWorkload {

    private static final int CATEGORIES = 50;
    private static final int PRODUCTS = 20_000;
    private static final int CUSTOMERS = 5_000;

    private static final List<String> WORDS = List.of(
            "amber", "birch", "copper", "denim", "ember", "flint", "granite", "hazel", "indigo", "jade", "khaki",
            "linen", "maple", "nickel", "olive", "pearl", "quartz", "russet", "slate", "topaz");

    private static final String PAGE = "SELECT p.id, p.name, p.description, p.price, p.stock, c.name FROM product p"
            + " JOIN category c ON c.id = p.category_id WHERE p.id = ?";
    private static final String LISTING =
            "SELECT id, name, price FROM product WHERE category_id = ? AND active" + " ORDER BY price, id LIMIT 20";
    private static final String STARS =
            "SELECT stars, count(*) FROM review WHERE product_id = ? GROUP BY stars ORDER BY stars";
    private static final String REVIEWS =
            "SELECT id, stars, author, body FROM review WHERE product_id = ? ORDER BY id DESC LIMIT 10";
    private static final String SELLERS = "SELECT p.id, p.name, sum(l.quantity) FROM product p"
            + " JOIN order_line l ON l.product_id = p.id WHERE p.category_id = ? GROUP BY p.id, p.name"
            + " ORDER BY sum(l.quantity) DESC, p.id LIMIT 10";
    private static final String SEARCH =
            "SELECT id, name, price FROM product WHERE name ILIKE ? AND active ORDER BY id LIMIT 20";
    private static final String MENU = "SELECT c.id, c.name, count(*) FROM category c"
            + " JOIN product p ON p.category_id = c.id WHERE p.active GROUP BY c.id, c.name ORDER BY c.name";
    private static final String CART = "SELECT l.product_id, p.name, p.price, l.quantity FROM cart_line l"
            + " JOIN product p ON p.id = l.product_id WHERE l.customer_id = ? ORDER BY l.product_id";

    private final Zipf products = new Zipf(PRODUCTS);
    private final Zipf customers = new Zipf(CUSTOMERS);
    private final Zipf words = new Zipf(WORDS.size() * WORDS.size());

    @Override
    public void create(DataSource database) throws SQLException {
        String adjectives = "'{" + String.join(",", WORDS) + "}'::text[]";
        Servers.execute(
                database,
                "DROP TABLE IF EXISTS cart_line, order_line, review, product, category",
                "CREATE TABLE category (id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE product (id int PRIMARY KEY, category_id int NOT NULL REFERENCES category,"
                        + " name text NOT NULL, description text NOT NULL, price numeric(10,2) NOT NULL,"
                        + " stock int NOT NULL, active boolean NOT NULL)",
                "CREATE TABLE review (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " product_id int NOT NULL REFERENCES product, stars int NOT NULL, author text NOT NULL,"
                        + " body text NOT NULL)",
                "CREATE TABLE order_line (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " product_id int NOT NULL REFERENCES product, quantity int NOT NULL)",
                "CREATE TABLE cart_line (customer_id int, product_id int REFERENCES product, quantity int NOT NULL,"
                        + " PRIMARY KEY (customer_id, product_id))",
                "INSERT INTO category SELECT i, 'category ' || i FROM generate_series(0, " + (CATEGORIES - 1) + ") i",
                "INSERT INTO product SELECT i, i % " + CATEGORIES + ", (" + adjectives + ")[1 + i * 7 % 20] || ' '"
                        + " || (" + adjectives + ")[1 + i * 13 / 20 % 20] || ' ' || i, repeat('All about it. ', 20),"
                        + " (i * 37 % 20000 + 99) / 100.0, 100000, i % 10 > 0 FROM generate_series(0, "
                        + (PRODUCTS - 1) + ") i",
                "INSERT INTO review (product_id, stars, author, body) SELECT i * 31 % " + PRODUCTS + ", 1 + i % 5,"
                        + " 'customer ' || i % 997, repeat('Well made. ', 5) FROM generate_series(1, 100000) i",
                "INSERT INTO order_line (product_id, quantity) SELECT (i::bigint * i % " + PRODUCTS
                        + ")::int, 1 + i % 3" + " FROM generate_series(1, 200000) i",
                "INSERT INTO cart_line SELECT i / 3, i * 17 % " + PRODUCTS + ", 1 FROM generate_series(0, "
                        + (CUSTOMERS * 3 - 1) + ") i",
                "CREATE INDEX ON product (category_id, price, id)",
                "CREATE INDEX ON review (product_id, id)",
                "CREATE INDEX ON order_line (product_id)",
                "VACUUM ANALYZE");
    }

    @Override
    public MixStep query(RandomGenerator random) {
        int product = products.next(random);
        int category = product % CATEGORIES;
        int kind = random.nextInt(100);
        if (kind < 30) {
            return MixStep.query(PAGE, List.of("product", "category"), product);
        } else if (kind < 50) {
            return MixStep.query(LISTING, List.of("product"), category);
        } else if (kind < 62) {
            return MixStep.query(STARS, List.of("review"), product);
        } else if (kind < 74) {
            return MixStep.query(REVIEWS, List.of("review"), product);
        } else if (kind < 80) {
            return MixStep.query(SELLERS, List.of("product", "order_line"), category);
        } else if (kind < 86) {
            int word = words.next(random);
            return MixStep.query(
                    SEARCH, List.of("product"), "%" + WORDS.get(word % 20) + " " + WORDS.get(word / 20) + "%");
        } else if (kind < 90) {
            return MixStep.query(MENU, List.of("category", "product"));
        }
        return MixStep.query(CART, List.of("cart_line", "product"), customers.next(random));
    }

    @Override
    public MixStep write(RandomGenerator random) {
        int product = products.next(random);
        int kind = random.nextInt(100);
        if (kind < 45) {
            return MixStep.write("UPDATE product SET stock = stock - 1 WHERE id = ?", "product", product);
        } else if (kind < 65) {
            return MixStep.write(
                    "INSERT INTO cart_line (customer_id, product_id, quantity) VALUES (?, ?, ?)"
                            + " ON CONFLICT (customer_id, product_id) DO UPDATE SET quantity = excluded.quantity",
                    "cart_line",
                    customers.next(random),
                    product,
                    1 + random.nextInt(3));
        } else if (kind < 85) {
            return MixStep.write(
                    "INSERT INTO order_line (product_id, quantity) VALUES (?, ?)",
                    "order_line",
                    product,
                    1 + random.nextInt(3));
        } else if (kind < 95) {
            return MixStep.write(
                    "INSERT INTO review (product_id, stars, author, body) VALUES (?, ?, ?, ?)",
                    "review",
                    product,
                    1 + random.nextInt(5),
                    "customer " + random.nextInt(997),
                    "Well made.");
        }
        return MixStep.write(
                "UPDATE product SET price = ? WHERE id = ?",
                "product",
                BigDecimal.valueOf(random.nextInt(99, 20_000), 2),
                product);
    }
}
