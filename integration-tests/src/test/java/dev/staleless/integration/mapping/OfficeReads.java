package dev.staleless.integration.mapping;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.Session;

/** Ways to read the model, as values that can be compared. */
final class OfficeReads {

    private OfficeReads() {}

    /** Those of one moment, with values of their parameters. */
    static Map<String, Function<Session, Object>> draw(Random random) {
        long id = 1 + random.nextInt(60);
        String city = OfficeWrites.one(random, OfficeWrites.CITIES);
        String word = OfficeWrites.one(random, OfficeWrites.WORDS);
        Map<String, Function<Session, Object>> reads = new LinkedHashMap<>();
        reads.put("person", session -> text(session.find(Person.class, id)));
        reads.put("vehicle", session -> text(session.find(Vehicle.class, id)));
        reads.put("document", session -> text(session.find(Document.class, id)));
        reads.put("note", session -> {
            Note note = session.find(Note.class, id);
            return note == null ? null : note.text;
        });
        reads.put(
                "team by natural key",
                session -> text(session.bySimpleNaturalId(Team.class).load("T" + id % 7)));
        reads.put(
                "people of a city",
                session -> texts(session.createSelectionQuery(
                                "from Person p where p.address.city = :city order by p.id", Person.class)
                        .setParameter("city", city)
                        .list()));
        reads.put(
                "employees with a desk",
                session -> session.createSelectionQuery(
                                "select e.name || '/' || e.desk from Employee e where e.desk is not null order by e.id",
                                String.class)
                        .list());
        reads.put(
                "people with a nickname",
                session -> session.createSelectionQuery(
                                "select p.id from Person p where :word member of p.nicknames order by p.id", Long.class)
                        .setParameter("word", word)
                        .list());
        reads.put(
                "cars and trucks",
                session -> texts(session.createSelectionQuery(
                                "from Vehicle v left join fetch v.owner where v.plate like :plate order by v.id",
                                Vehicle.class)
                        .setParameter("plate", word.charAt(0) + "%")
                        .list()));
        reads.put(
                "kinds of vehicles",
                session -> session
                        .createSelectionQuery(
                                "select type(v), count(v) from Vehicle v group by type(v) order by 2, 1",
                                Object[].class)
                        .list()
                        .stream()
                        .map(row -> row[0].toString() + row[1])
                        .sorted()
                        .toList());
        reads.put(
                "documents of a time",
                session -> texts(session.createSelectionQuery(
                                "from Document d where d.written >= :from order by d.id", Document.class)
                        .setParameter("from", LocalDate.of(2026, 6, 1))
                        .list()));
        reads.put(
                "invoices' sum",
                session -> session.createSelectionQuery(
                                "select sum(i.amount) from Invoice i where i.author is not null", Object.class)
                        .getSingleResult());
        reads.put(
                "teams with jobs",
                session -> texts(session.createSelectionQuery(
                                "select distinct t from Team t join fetch t.jobs where t.title <> :word order by t.id",
                                Team.class)
                        .setParameter("word", word)
                        .list()));
        reads.put(
                "who is in no team",
                session -> session.createSelectionQuery(
                                "select p.name from Person p where not exists (select 1 from Team t join t.members m where m = p)"
                                        + " order by p.id",
                                String.class)
                        .list());
        reads.put(
                "the next jobs",
                session -> session.createSelectionQuery(
                                "select j.text from Job j where j.state = OPEN order by j.due, j.id", String.class)
                        .setMaxResults(3)
                        .list());
        reads.put(
                "notes",
                session -> session.createSelectionQuery(
                                "select n.text from Note n join n.about p where p.name = :word order by n.id",
                                String.class)
                        .setParameter("word", word)
                        .list());
        reads.put(
                "a native count",
                session -> session.createNativeQuery("select count(*) from Job where state = 'DONE'", Long.class)
                        .getSingleResult());
        return reads;
    }

    private static List<String> texts(List<?> entities) {
        List<String> texts = new ArrayList<>();
        entities.forEach(entity -> texts.add(text(entity)));
        return texts;
    }

    private static String text(Object of) {
        Object entity = Hibernate.unproxy(of);
        if (entity instanceof Person person) {
            String own = person instanceof Person.Employee employee
                    ? employee.salary + " " + employee.desk
                    : ((Person.Contractor) person).company;
            String address = person.address == null ? "" : person.address.street + ", " + person.address.city;
            return String.join(
                    " ",
                    person.id + "." + person.version,
                    person.name,
                    address,
                    new TreeSet<>(person.nicknames).toString(),
                    List.copyOf(person.skills).toString(),
                    new TreeMap<>(person.contacts).toString(),
                    own);
        } else if (entity instanceof Vehicle vehicle) {
            String own =
                    vehicle instanceof Vehicle.Car car ? car.doors + " doors" : ((Vehicle.Truck) vehicle).tons + " t";
            return vehicle.id + "." + vehicle.version + " " + vehicle.plate + " " + own + " "
                    + (vehicle.owner == null ? null : vehicle.owner.name);
        } else if (entity instanceof Document document) {
            String own = document instanceof Document.Invoice invoice
                    ? String.valueOf(invoice.amount)
                    : ((Document.Report) document).pages + " pages";
            return document.id + " " + document.title + " " + document.written + " " + own + " "
                    + (document.author == null ? null : document.author.name);
        } else if (entity instanceof Team team) {
            List<String> jobs = team.jobs.stream()
                    .map(job -> job.text + job.state + job.due)
                    .toList();
            TreeSet<String> members = new TreeSet<>();
            team.members.forEach(member -> members.add(member.id + member.name));
            return team.id + "." + team.version + " " + team.code + " " + team.title + " " + team.open + jobs + members;
        }
        return null;
    }
}
