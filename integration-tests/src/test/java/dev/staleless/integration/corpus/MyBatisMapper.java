package dev.staleless.integration.corpus;

import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements with parts that come and go, as mappers have them; every {@code q} is a search form. */
interface MyBatisMapper {

    @Select("SELECT id, sku, name, price, stock FROM product WHERE id = #{id}")
    Map<String, Object> product(long id);

    @Select("""
            <script>
            SELECT p.id, p.sku, p.name, p.price FROM product p
            <if test="q.category != null">JOIN category c ON c.id = p.category_id</if>
            <where>
              <if test="q.name != null">AND p.name ILIKE '%' || #{q.name} || '%'</if>
              <if test="q.least != null">AND p.price &gt;= #{q.least}</if>
              <if test="q.most != null">AND p.price &lt;= #{q.most}</if>
              <if test="q.category != null">AND c.name = #{q.category}</if>
              <if test="q.ids != null">AND p.id IN
                <foreach collection="q.ids" item="id" open="(" separator="," close=")">#{id}</foreach></if>
            </where>
            <choose>
              <when test="q.order == 'price'">ORDER BY p.price</when>
              <when test="q.order == 'name'">ORDER BY p.name DESC NULLS LAST</when>
              <otherwise>ORDER BY p.id</otherwise>
            </choose>
            <if test="q.limit != null">LIMIT #{q.limit} OFFSET #{q.offset}</if>
            </script>""")
    List<Map<String, Object>> products(@Param("q") Map<String, Object> q);

    @Select("""
            <script>
            SELECT count(*) FROM issue i
            <if test="q.label != null">
              INNER JOIN issue_label il ON il.issue_id = i.id INNER JOIN label l ON l.id = il.label_id
            </if>
            <trim prefix="WHERE" prefixOverrides="AND |OR ">
              <if test="q.project != null">AND i.project_id = #{q.project}</if>
              <if test="q.state != null">AND i.state = #{q.state}</if>
              <if test="q.assignee != null">AND (i.assignee_id = #{q.assignee} OR i.reporter_id = #{q.assignee})</if>
              <if test="q.label != null">AND l.name = #{q.label}</if>
              <if test="q.late">AND i.due_on &lt; CURRENT_DATE</if>
            </trim>
            </script>""")
    long issues(@Param("q") Map<String, Object> q);

    @Select("""
            <script>
            SELECT o.id, o.status, o.total, c.name AS customer_name,
                   (SELECT COUNT(1) FROM order_line l WHERE l.order_id = o.id) AS line_count
            FROM orders o LEFT OUTER JOIN customer c ON o.customer_id = c.id
            WHERE 1 = 1
            <if test="q.status != null">AND o.status = #{q.status}</if>
            <if test="q.customer != null">AND o.customer_id = #{q.customer}</if>
            <if test="q.from != null">AND o.placed_at BETWEEN #{q.from}::timestamp AND #{q.to}::timestamp</if>
            <if test="q.unpaid">AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id)</if>
            ORDER BY o.placed_at DESC
            </script>""")
    List<Map<String, Object>> orders(@Param("q") Map<String, Object> q);

    @Select("""
            <script>
            SELECT * FROM booking b
            <where>
              b.tenant_id = #{q.tenant}
              <if test="q.account != null">AND b.account_number = #{q.account}</if>
              <if test="q.least != null">AND abs(b.amount) &gt; #{q.least}</if>
              <if test="q.purpose != null">AND upper(b.purpose) LIKE upper(#{q.purpose})</if>
              <if test="q.since != null">AND b.booked_at &gt;= cast(#{q.since} as timestamp)</if>
            </where>
            </script>""")
    List<Map<String, Object>> bookings(@Param("q") Map<String, Object> q);

    @Select("""
            <script>
            SELECT e.id, e.name, e.salary, d.name AS department FROM employee e
            INNER JOIN department d ON d.id = e.department_id
            <where>
              <foreach collection="skills" item="skill" separator=" AND ">
                EXISTS (SELECT 1 FROM employee_skill s WHERE s.employee_id = e.id AND s.skill = #{skill})
              </foreach>
            </where>
            </script>""")
    List<Map<String, Object>> withSkills(@Param("skills") List<String> skills);

    @Update("""
            <script>
            UPDATE product
            <set>
              <if test="q.name != null">name = #{q.name},</if>
              <if test="q.price != null">price = #{q.price},</if>
              <if test="q.stock != null">stock = stock + #{q.stock},</if>
              <if test="q.description != null">description = #{q.description},</if>
              version = version + 1
            </set>
            WHERE id = #{q.id}
            </script>""")
    int changeProduct(@Param("q") Map<String, Object> q);

    @Insert("""
            <script>
            INSERT INTO customer (email, name
              <if test="q.city != null">, city</if><if test="q.country != null">, country</if>
              <if test="q.credit != null">, credit</if>)
            VALUES (#{q.email}, #{q.name}
              <if test="q.city != null">, #{q.city}</if><if test="q.country != null">, #{q.country}</if>
              <if test="q.credit != null">, #{q.credit}</if>)
            </script>""")
    @Options(useGeneratedKeys = true, keyProperty = "q.id", keyColumn = "id")
    int addCustomer(@Param("q") Map<String, Object> q);

    @Insert("""
            <script>
            INSERT INTO tag (name) VALUES
            <foreach collection="names" item="name" separator=",">(#{name})</foreach>
            ON CONFLICT (name) DO NOTHING
            </script>""")
    int addTags(@Param("names") List<String> names);

    @Insert("""
            <script>
            INSERT INTO setting (tenant_id, name, value) VALUES
            <foreach collection="names" item="name" separator=",">(#{tenant}, #{name}, #{value,jdbcType=VARCHAR})</foreach>
            ON CONFLICT (tenant_id, name) DO UPDATE SET value = EXCLUDED.value
            </script>""")
    int saveSettings(@Param("tenant") int tenant, @Param("names") List<String> names, @Param("value") String value);

    @Delete("""
            <script>
            DELETE FROM product_tag WHERE product_id = #{product} AND tag_id
            <if test="not">NOT</if> IN
            <foreach collection="tags" item="tag" open="(" separator="," close=")">#{tag}</foreach>
            </script>""")
    int removeTags(@Param("product") long product, @Param("tags") List<Long> tags, @Param("not") boolean not);

    @Select("SELECT ${columns} FROM ${table} WHERE ${column} = #{value} ORDER BY ${column} LIMIT 1")
    List<Map<String, Object>> oneOf(
            @Param("columns") String columns,
            @Param("table") String table,
            @Param("column") String column,
            @Param("value") Object value);

    @Select("SELECT COUNT(0) FROM ${table}")
    long countOf(@Param("table") String table);

    /** A statement as a mapper's annotation would have it. */
    @Select("${sql}")
    List<Map<String, Object>> select(@Param("sql") String sql, @Param("a") Object a, @Param("b") Object b);

    @Update("${sql}")
    int change(@Param("sql") String sql, @Param("a") Object a, @Param("b") Object b);
}
