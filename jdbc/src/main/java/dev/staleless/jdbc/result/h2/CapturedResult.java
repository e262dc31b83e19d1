package dev.staleless.jdbc.result.h2;

import java.util.List;
import org.h2.value.Value;

/** A whole result: its columns and their values, row by row. */
record CapturedResult(List<ColumnDescription> columns, List<Value[]> rows) {}
