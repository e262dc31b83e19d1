package dev.staleless.integration.corpus;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** Entities that are made, changed, linked and removed: what Hibernate flushes. */
final class HibernateChanges {

    private final Session session;

    private HibernateChanges(Session session) {
        this.session = session;
    }

    /** All in one transaction, which is undone. */
    static void send(SessionFactory factory) {
        try (Session session = factory.openSession()) {
            session.beginTransaction();
            HibernateChanges changes = new HibernateChanges(session);
            changes.shop();
            changes.tracker();
            changes.hierarchies();
            changes.bank();
            session.getTransaction().rollback();
        }
    }

    private <T> T made(T entity) {
        session.persist(entity);
        session.flush();
        return entity;
    }

    /** Changed, flushed and refreshed. */
    private <T> void changed(T entity, Consumer<T> change) {
        change.accept(entity);
        session.flush();
        session.refresh(entity);
    }

    private void removed(Object entity) {
        session.remove(entity);
        session.flush();
    }

    private void shop() {
        Model.Category root = new Model.Category();
        root.name = "root";
        made(root);
        Model.Category category = new Model.Category();
        category.name = "child";
        category.parent = root;
        made(category);
        Model.Customer customer = new Model.Customer();
        customer.email = "a@b.c";
        customer.name = "n";
        made(customer);
        changed(customer, one -> one.address.city = "Paris");
        Model.Tag tag = new Model.Tag();
        tag.name = "new";
        made(tag);
        Model.Product product = new Model.Product();
        product.sku = "1";
        product.name = "p";
        product.category = category;
        product.tags.add(tag);
        made(product);
        changed(product, one -> one.price = BigDecimal.TEN);
        order(customer, product);
        changed(session.find(Model.Product.class, product.id), one -> one.tags.clear());
        removed(session.find(Model.Product.class, product.id));
        removed(session.find(Model.Customer.class, customer.id));
        removed(session.find(Model.Tag.class, tag.id));
        removed(session.find(Model.Category.class, category.id));
    }

    private void order(Model.Customer customer, Model.Product product) {
        Model.Order order = new Model.Order();
        order.customer = customer;
        order.status = "NEW";
        for (int i = 0; i < 3; i++) {
            Model.Line line = new Model.Line();
            line.order = order;
            line.product = product;
            line.position = i;
            order.lines.add(line);
        }
        made(order);
        changed(order, one -> one.status = "PAID");
        changed(order, one -> one.lines.remove(1));
        changed(order, one -> one.lines.get(0).quantity = 7);
        Model.Payment payment = new Model.Payment();
        payment.id = new UUID(1, 2);
        payment.order = order;
        payment.method = "card";
        payment.amount = BigDecimal.ONE;
        made(payment);
        changed(payment, one -> one.amount = BigDecimal.TEN);
        Model.Review review = new Model.Review();
        review.product = product;
        review.customer = customer;
        made(review);
        changed(review, one -> one.stars = 5);
        session.clear();
        session.find(Model.Review.class, review.id);
        session.find(Model.Payment.class, payment.id);
        removed(session.find(Model.Review.class, review.id));
        removed(session.find(Model.Payment.class, payment.id));
        Model.Order again = session.find(Model.Order.class, order.id);
        again.lines.size();
        removed(again);
    }

    private void tracker() {
        Model.Member member = new Model.Member();
        member.login = "m";
        made(member);
        changed(member, one -> one.fullName = "M");
        Model.Project project = new Model.Project();
        project.code = "P";
        project.title = "t";
        project.lead = member;
        made(project);
        Model.Label label = new Model.Label();
        label.project = project;
        label.name = "bug";
        made(label);
        Model.Issue issue = new Model.Issue();
        issue.project = project;
        issue.title = "t";
        issue.state = "OPEN";
        issue.reporter = member;
        issue.labels.add(label);
        Model.Remark remark = new Model.Remark();
        remark.issue = issue;
        remark.author = member;
        remark.body = "b";
        issue.remarks.add(remark);
        made(issue);
        changed(issue, one -> one.assignee = member);
        changed(issue, one -> one.state = "DONE");
        changed(issue, one -> one.labels.clear());
        changed(remark, one -> one.body = "c");
        session.clear();
        Model.Issue again = session.find(Model.Issue.class, issue.id);
        again.labels.size();
        again.remarks.size();
        again.reporter.login.length();
        removed(again);
        removed(session.find(Model.Label.class, label.id));
        removed(session.find(Model.Project.class, project.id));
        removed(session.find(Model.Member.class, member.id));
    }

    private void hierarchies() {
        Model.Department department = new Model.Department();
        department.name = "d";
        made(department);
        Model.Clerk clerk = new Model.Clerk();
        clerk.name = "c";
        clerk.department = department;
        clerk.skills.add("typing");
        made(clerk);
        changed(clerk, one -> one.bonus = BigDecimal.ONE);
        changed(clerk, one -> one.skills.addAll(List.of("a", "b")));
        changed(clerk, one -> one.skills.remove("a"));
        Model.Worker worker = new Model.Worker();
        worker.name = "w";
        worker.manager = clerk;
        made(worker);
        changed(worker, one -> one.hourlyRate = BigDecimal.TEN);
        removed(worker);
        removed(clerk);
        removed(department);
        Model.Person person = made(new Model.Person());
        changed(person, one -> one.bornOn = LocalDate.of(2000, 1, 1));
        changed(person, one -> one.phone = "1");
        removed(person);
        Model.Company company = made(new Model.Company());
        changed(company, one -> one.taxNumber = "1");
        removed(company);
        Model.Building building = new Model.Building();
        building.label = "b";
        made(building);
        changed(building, one -> one.floors = 3);
        removed(building);
        Model.Machine machine = new Model.Machine();
        machine.label = "m";
        made(machine);
        changed(machine, one -> one.power = 2.5);
        removed(machine);
    }

    private void bank() {
        Model.Tenant tenant = new Model.Tenant();
        tenant.id = 1;
        tenant.name = "t";
        tenant.plan = "basic";
        made(tenant);
        changed(tenant, one -> one.plan = "full");
        Model.Account account = new Model.Account();
        account.id.tenantId = 1;
        account.id.number = "1";
        account.owner = "o";
        account.currency = "EUR";
        made(account);
        changed(account, one -> one.balance = BigDecimal.TEN);
        Model.Booking booking = new Model.Booking();
        booking.account = account;
        booking.amount = BigDecimal.TEN;
        made(booking);
        changed(booking, one -> one.purpose = "p");
        session.clear();
        session.find(Model.Account.class, account.id);
        removed(session.find(Model.Booking.class, booking.id));
        removed(session.find(Model.Account.class, account.id));
        removed(session.find(Model.Tenant.class, 1));
    }
}
