package dev.staleless.integration.mapping;

import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;

/** Ways to change the model. */
final class OfficeWrites {

    static final List<String> WORDS = List.of("ada", "Bo", "cy", "Dee", "eve", "flo");
    static final List<String> CITIES = List.of("Bern", "Lima", "Oslo");

    private final Random random;
    private final Map<String, BiConsumer<Session, Random>> all = new LinkedHashMap<>();

    OfficeWrites(Random random) {
        this.random = random;
        people();
        others();
        statements();
    }

    static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Names of what there is to draw from. */
    List<String> names() {
        return List.copyOf(all.keySet());
    }

    /** Some of it in one transaction, which is kept or not. */
    String transaction(SessionFactory node) {
        boolean keep = random.nextInt(4) > 0;
        StringBuilder done = new StringBuilder(keep ? "" : "undone:");
        try (Session session = node.openSession()) {
            Transaction transaction = session.beginTransaction();
            for (int i = random.nextInt(3); i >= 0; i--) {
                String name = one(random, names());
                all.get(name).accept(session, random);
                session.flush();
                done.append(' ').append(name);
            }
            if (keep) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
        }
        return done.toString();
    }

    /** One row by a session that keeps nothing. */
    String stateless(SessionFactory node) {
        try (StatelessSession session = node.openStatelessSession()) {
            Transaction transaction = session.beginTransaction();
            Team.Job job = session.createSelectionQuery("from Job j order by j.id", Team.Job.class)
                    .setMaxResults(1)
                    .getSingleResultOrNull();
            if (job != null) {
                job.text = one(random, WORDS);
                session.update(job);
            }
            Document.Report report = report(random);
            session.insert(report);
            transaction.commit();
        }
        return "stateless";
    }

    // ---- people

    private void people() {
        all.put("new employee", (session, r) -> session.persist(employee(r)));
        all.put("new contractor", (session, r) -> {
            Person.Contractor contractor = new Person.Contractor();
            describe(contractor, r);
            contractor.company = one(r, WORDS);
            session.persist(contractor);
        });
        all.put(
                "person moves",
                (session, r) -> with(session, r, person -> {
                    person.address = r.nextInt(4) == 0 ? null : new Person.Address(one(r, WORDS), one(r, CITIES));
                }));
        all.put(
                "person's collections",
                (session, r) -> with(session, r, person -> {
                    person.nicknames.add(one(r, WORDS));
                    person.nicknames.remove(one(r, WORDS));
                    person.skills.add(r.nextInt(person.skills.size() + 1), one(r, WORDS));
                    if (person.skills.size() > 3) {
                        person.skills.remove(0);
                    }
                    person.contacts.put(one(r, WORDS), one(r, CITIES));
                }));
        all.put(
                "desk",
                (session, r) -> with(session, r, person -> {
                    if (person instanceof Person.Employee employee) {
                        employee.desk = r.nextBoolean() ? null : one(r, WORDS);
                        employee.salary =
                                employee.salary == null ? BigDecimal.TEN : employee.salary.add(BigDecimal.ONE);
                    }
                }));
        all.put("locked person", (session, r) -> {
            Person person = any(session, r, Person.class);
            if (person != null) {
                session.lock(person, LockModeType.PESSIMISTIC_WRITE);
                person.name = one(r, WORDS);
                session.flush();
                session.refresh(person);
            }
        });
        all.put("merged person", (session, r) -> {
            Person person = any(session, r, Person.class);
            if (person != null) {
                session.detach(person);
                person.name = one(r, WORDS);
                session.merge(person);
            }
        });
        all.put("person goes", (session, r) -> {
            Person person = any(session, r, Person.class);
            if (person != null && r.nextInt(3) == 0) {
                for (String of : List.of(
                        "update Vehicle v set v.owner = null where v.owner = :p",
                        "update Document d set d.author = null where d.author = :p",
                        "update Note n set n.about = null where n.about = :p")) {
                    session.createMutationQuery(of).setParameter("p", person).executeUpdate();
                }
                session.createSelectionQuery("select t from Team t join t.members m where m = :p", Team.class)
                        .setParameter("p", person)
                        .list()
                        .forEach(team -> team.members.remove(person));
                // soft-deleted rows refer to it still
                session.createNativeMutationQuery("update Note set about_id = null where about_id = :p")
                        .setParameter("p", person.id)
                        .executeUpdate();
                session.remove(person);
            }
        });
    }

    private static Person.Employee employee(Random r) {
        Person.Employee employee = new Person.Employee();
        describe(employee, r);
        employee.salary = new BigDecimal(r.nextInt(90_000)).movePointLeft(2);
        employee.desk = r.nextBoolean() ? one(r, WORDS) : null;
        return employee;
    }

    private static void describe(Person person, Random r) {
        person.name = one(r, WORDS);
        person.address = new Person.Address(one(r, WORDS), one(r, CITIES));
        person.nicknames.add(one(r, WORDS));
        person.skills.add(one(r, WORDS));
        person.contacts.put("mail", one(r, WORDS));
    }

    private interface Change {
        void on(Person person);
    }

    private static void with(Session session, Random r, Change change) {
        Person person = any(session, r, Person.class);
        if (person != null) {
            change.on(person);
        }
    }

    private static <T> T any(Session session, Random r, Class<T> of) {
        List<Long> ids = session.createSelectionQuery(
                        "select x.id from " + of.getName() + " x order by x.id", Long.class)
                .list();
        return ids.isEmpty() ? null : session.find(of, one(r, ids));
    }

    // ---- what belongs to them

    private static Document.Report report(Random r) {
        Document.Report report = new Document.Report();
        report.title = one(r, WORDS);
        report.written = LocalDate.of(2026, 1 + r.nextInt(12), 1);
        report.pages = r.nextInt(100);
        return report;
    }

    private void others() {
        all.put("new car", (session, r) -> {
            Vehicle.Car car = new Vehicle.Car();
            car.plate = one(r, WORDS) + r.nextInt(9);
            car.doors = r.nextInt(3) + 2;
            car.owner = any(session, r, Person.class);
            session.persist(car);
        });
        all.put("new truck", (session, r) -> {
            Vehicle.Truck truck = new Vehicle.Truck();
            truck.plate = one(r, WORDS) + r.nextInt(9);
            truck.tons = new BigDecimal(r.nextInt(40));
            session.persist(truck);
        });
        all.put("vehicle is sold", (session, r) -> {
            Vehicle vehicle = any(session, r, Vehicle.class);
            if (vehicle != null) {
                vehicle.owner = any(session, r, Person.class);
            }
        });
        all.put("new invoice", (session, r) -> {
            Document.Invoice invoice = new Document.Invoice();
            invoice.title = one(r, WORDS);
            invoice.written = LocalDate.of(2026, 1 + r.nextInt(12), 2);
            invoice.amount = new BigDecimal(r.nextInt(1_000));
            invoice.author = any(session, r, Person.class);
            session.persist(invoice);
        });
        all.put("document goes", (session, r) -> {
            Document document = any(session, r, Document.class);
            if (document != null) {
                session.remove(document);
            }
        });
        all.put("new team", (session, r) -> {
            String code = "T" + r.nextInt(7);
            if (session.bySimpleNaturalId(Team.class).load(code) == null) {
                Team team = new Team();
                team.code = code;
                team.title = one(r, WORDS);
                session.persist(team);
            }
        });
        all.put("member comes or goes", (session, r) -> {
            Team team = any(session, r, Team.class);
            Person person = any(session, r, Person.class);
            if (team != null && person != null && !team.members.remove(person)) {
                team.members.add(person);
            }
        });
        all.put("jobs", (session, r) -> {
            Team team = any(session, r, Team.class);
            if (team != null) {
                Team.Job job = new Team.Job();
                job.team = team;
                job.text = one(r, WORDS);
                job.due = LocalDate.of(2026, 1 + r.nextInt(12), 3);
                team.jobs.add(job);
                if (team.jobs.size() > 3) {
                    team.jobs.remove(r.nextInt(3));
                }
                team.jobs.get(0).state = Team.Job.State.DONE;
            }
        });
        all.put("team goes", (session, r) -> {
            Team team = any(session, r, Team.class);
            if (team != null && r.nextInt(3) == 0) {
                session.remove(team);
            }
        });
        all.put("new note", (session, r) -> {
            Note note = new Note();
            note.text = one(r, WORDS);
            note.about = any(session, r, Person.class);
            session.persist(note);
        });
        all.put("note is deleted", (session, r) -> {
            Note note = any(session, r, Note.class);
            if (note != null) {
                session.remove(note);
            }
        });
    }

    // ---- statements

    private void statements() {
        all.put(
                "bulk on a joined hierarchy",
                (session, r) -> session.createMutationQuery(
                                "update Employee e set e.salary = e.salary + 1, e.name = :name where e.salary < :most")
                        .setParameter("name", one(r, WORDS))
                        .setParameter("most", new BigDecimal(r.nextInt(900)))
                        .executeUpdate());
        all.put(
                "bulk on one table",
                (session, r) -> session.createMutationQuery(
                                "update versioned Car c set c.doors = :doors where c.plate like :plate")
                        .setParameter("doors", r.nextInt(9))
                        .setParameter("plate", one(r, WORDS) + "%")
                        .executeUpdate());
        all.put(
                "bulk on a union",
                (session, r) -> session.createMutationQuery(
                                "update Document d set d.title = :title where d.written < :before")
                        .setParameter("title", one(r, WORDS))
                        .setParameter("before", LocalDate.of(2026, 1 + r.nextInt(12), 1))
                        .executeUpdate());
        all.put(
                "bulk delete",
                (session, r) -> session.createMutationQuery("delete from Truck t where t.tons > :tons")
                        .setParameter("tons", new BigDecimal(20 + r.nextInt(20)))
                        .executeUpdate());
        all.put(
                "bulk soft delete",
                (session, r) -> session.createMutationQuery("delete from Note n where n.text = :text")
                        .setParameter("text", one(r, WORDS))
                        .executeUpdate());
        all.put(
                "insert from a query",
                (session, r) -> session.createMutationQuery(
                                "insert into Job (text, state, due, team) select t.title, :state, :due, t from Team t where t.code = :code")
                        .setParameter("due", LocalDate.of(2026, 1 + r.nextInt(12), 4))
                        .setParameter("state", Team.Job.State.OPEN)
                        .setParameter("code", "T" + r.nextInt(7))
                        .executeUpdate());
        all.put(
                "native update",
                (session, r) -> session.createNativeMutationQuery(
                                "update Job set state = 'OPEN', text = :text where state = 'DONE'")
                        .setParameter("text", one(r, WORDS))
                        .executeUpdate());
    }
}
