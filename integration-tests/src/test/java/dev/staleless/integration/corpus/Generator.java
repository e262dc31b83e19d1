package dev.staleless.integration.corpus;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Runs programs over the corpus' tables and takes down what they send. */
final class Generator {

    /** Sends statements. */
    interface Program {
        void send(RecordingDataSource source) throws Exception;
    }

    private Generator() {}

    static Map<String, Program> programs(String url) {
        Map<String, Program> programs = new LinkedHashMap<>();
        programs.put("Hibernate 7.4", HibernateStatements::send);
        programs.put("jOOQ 3.19", source -> JooqStatements.send(source, url));
        programs.put("MyBatis 3.5", MyBatisStatements::send);
        programs.put("Spring Data JDBC 4.1", SpringDataStatements::send);
        return programs;
    }

    /** What one program sends, each text once. */
    static Set<String> sent(Program program, String url) throws Exception {
        try (RecordingDataSource source = new RecordingDataSource(url)) {
            program.send(source);
            Set<String> texts = new LinkedHashSet<>();
            source.statements().forEach(sql -> texts.add(CorpusFile.oneLine(sql)));
            return texts;
        }
    }

    /** What all of them send and the benchmarks' statements, by source; a text that two of them have is the first one's. */
    static Map<String, Collection<String>> statements(String url) throws Exception {
        Map<String, Collection<String>> statements = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Map.Entry<String, Program> program : programs(url).entrySet()) {
            Set<String> texts = sent(program.getValue(), url);
            texts.removeIf(sql -> !seen.add(sql));
            statements.put(program.getKey(), texts);
        }
        Set<String> benchmarks = new LinkedHashSet<>(CorpusFile.lines("benchmarks.txt"));
        benchmarks.removeIf(sql -> !seen.add(sql));
        statements.put("Benchmarks' questions", benchmarks);
        return statements;
    }
}
