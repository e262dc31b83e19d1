package dev.staleless.integration.mapping;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.NaturalId;

/** With a natural key, members, jobs that it owns, and a count of them by a formula. */
@Entity
class Team {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @Version
    int version;

    @NaturalId
    String code;

    @Column(nullable = false)
    String title;

    @ManyToMany
    Set<Person> members = new HashSet<>();

    @OneToMany(mappedBy = "team", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("due, id")
    List<Job> jobs = new ArrayList<>();

    @Formula("(select count(*) from Job j where j.team_id = id and j.state <> 'DONE')")
    long open;

    /** What is to be done. */
    @Entity(name = "Job")
    static class Job {

        /** How far it is. */
        enum State {
            OPEN,
            DONE
        }

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        Team team;

        String text;

        @Enumerated(EnumType.STRING)
        State state = State.OPEN;

        LocalDate due;
    }
}
