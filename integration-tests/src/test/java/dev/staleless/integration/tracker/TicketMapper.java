package dev.staleless.integration.tracker;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;

/** The statements of {@link MyBatisTracker}. */
interface TicketMapper {

    String TICKET = "SELECT id, project, title, state, priority, assignee, estimate, due, version FROM ticket ";

    /** A name to be stored, and the key that it gets. */
    final class Named {
        long id;
        final String name;

        Named(String name) {
            this.name = name;
        }
    }

    /** What is to be stored, and the key that it gets. */
    final class Stored {
        long id;
        final Ticket ticket;

        Stored(Ticket ticket) {
            this.ticket = ticket;
        }
    }

    @Select(TICKET + "WHERE id = #{id}")
    Ticket ticket(long id);

    @Select("SELECT author, text FROM comment WHERE ticket = #{ticket} ORDER BY id")
    List<Tracker.Comment> comments(long ticket);

    @Select("SELECT name FROM label WHERE ticket = #{ticket} ORDER BY name")
    Set<String> labels(long ticket);

    @Select(TICKET + "WHERE project = #{project} AND state != 'DONE' ORDER BY priority DESC, id LIMIT 5 OFFSET #{from}")
    List<Ticket> todo(@Param("project") long project, @Param("from") int from);

    @Select("""
            <script>
            SELECT id, project, title, state, priority, assignee, estimate, due, version FROM ticket
            <where>
              <if test="text != null">AND title ILIKE '%' || #{text} || '%'</if>
              <if test="states != null and !states.isEmpty()">AND state IN
                <foreach collection="states" item="state" open="(" separator="," close=")">#{state}</foreach></if>
            </where>
            ORDER BY id
            </script>""")
    List<Ticket> search(@Param("text") String text, @Param("states") Set<String> states);

    @Select("""
            SELECT t.id AS ticket, t.title, p.name AS project, count(c.id) AS comments
            FROM ticket t INNER JOIN project p ON p.id = t.project INNER JOIN label l ON l.ticket = t.id
            LEFT OUTER JOIN comment c ON c.ticket = t.id
            WHERE l.name = #{label} AND p.archived = false
            GROUP BY t.id, t.title, p.name ORDER BY t.id""")
    @Arg(column = "ticket", javaType = long.class)
    @Arg(column = "title", javaType = String.class)
    @Arg(column = "project", javaType = String.class)
    @Arg(column = "comments", javaType = long.class)
    List<Tracker.Line> labelled(String label);

    @Select(
            "SELECT state, count(*) AS number FROM ticket WHERE project = #{project} GROUP BY state HAVING count(*) > 0")
    List<Map<String, Object>> states(long project);

    @Select("SELECT sum(estimate) FROM ticket WHERE assignee = #{assignee} AND state <> 'DONE'")
    BigDecimal workload(String assignee);

    @Select("SELECT count(*) FROM ticket t LEFT JOIN comment c ON c.ticket = t.id"
            + " WHERE t.project = #{project} AND c.id IS NULL")
    long unanswered(long project);

    @Select("SELECT title FROM ticket ORDER BY id")
    @Options(fetchSize = 4)
    Cursor<String> titles();

    @Insert("INSERT INTO project (name, archived) VALUES (#{name}, false)")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    void addProject(Named project);

    @Insert("INSERT INTO ticket (project, title, state, priority, assignee, estimate, due) VALUES (#{ticket.project},"
            + " #{ticket.title}, #{ticket.state}, #{ticket.priority}, #{ticket.assignee,jdbcType=VARCHAR},"
            + " #{ticket.estimate,jdbcType=NUMERIC}, #{ticket.due})")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    void add(Stored ticket);

    @Update("""
            <script>
            UPDATE ticket
            <set>
              <if test="title != null">title = #{title},</if>
              <if test="state != null">state = #{state},</if>
              priority = #{priority}, assignee = #{assignee,jdbcType=VARCHAR}, estimate = #{estimate,jdbcType=NUMERIC},
              version = version + 1
            </set>
            WHERE id = #{id} AND version = #{version}
            </script>""")
    int change(Ticket ticket);

    @Insert("""
            <script>
            INSERT INTO comment (ticket, author, text) VALUES
            <foreach collection="comments" item="comment" separator=",">
              (#{ticket}, #{comment.author}, #{comment.text})
            </foreach>
            </script>""")
    void comment(@Param("ticket") long ticket, @Param("comments") List<Tracker.Comment> comments);

    @Insert("INSERT INTO label (ticket, name) SELECT #{ticket}, #{label}"
            + " WHERE NOT EXISTS (SELECT 1 FROM label WHERE ticket = #{ticket} AND name = #{label})")
    void label(@Param("ticket") long ticket, @Param("label") String label);

    @Delete("DELETE FROM label WHERE ticket = #{ticket} AND name = #{label}")
    void unlabel(@Param("ticket") long ticket, @Param("label") String label);

    @Update("UPDATE ticket SET assignee = #{to}, version = version + 1 WHERE assignee = #{from}")
    int reassign(@Param("from") String from, @Param("to") String to);

    @Update("UPDATE ticket SET priority = #{priority} WHERE id = #{id}")
    void prioritize(@Param("id") long id, @Param("priority") int priority);

    @Delete("DELETE FROM ticket WHERE id = #{id}")
    void delete(long id);

    @Update("UPDATE project SET archived = #{archived} WHERE id = #{id}")
    void archive(@Param("id") long id, @Param("archived") boolean archived);

    @Delete("DELETE FROM project WHERE id = #{id}")
    void deleteProject(long id);
}
