package dev.staleless.core.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryCodecTest {

    private static final Directory.PartitionColumn ID = new Directory.PartitionColumn(
            "id", new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT));
    private static final Directory.PartitionColumn CODE = new Directory.PartitionColumn(
            "co\\de\t\n", new ColumnType(ColumnType.Kind.TEXT, 20, -1, ColumnType.Equality.EXACT_ORDERED));
    private static final Directory DIRECTORY = new Directory(Map.of(
            new TableName("public", "b"), new Directory.Entry(7, List.of()),
            new TableName("public", "a"), new Directory.Entry(4294967303L, List.of(ID, CODE)),
            new TableName("", "tab\there"), new Directory.Entry(0, List.of(ID))));

    @Test
    void whatWasEncodedIsDecoded() {
        assertThat(DirectoryCodec.decode(DirectoryCodec.encode(DIRECTORY))).isEqualTo(DIRECTORY);
        assertThat(DirectoryCodec.decode(DirectoryCodec.encode(Directory.EMPTY)))
                .isEqualTo(Directory.EMPTY);
    }

    @Test
    void formatIsPinned() {
        assertThat(DirectoryCodec.encode(DIRECTORY))
                .isEqualTo("directory 3\n"
                        + "\ttab\\there\t0\tid\tINTEGER\t-1\t-1\tEXACT\n"
                        + "public\ta\t4294967303\tid\tINTEGER\t-1\t-1\tEXACT\tco\\\\de\\t\\n\tTEXT\t20\t-1\tEXACT_ORDERED\n"
                        + "public\tb\t7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "directory 2",
                "directory 3\n",
                "directory 3\na\tb",
                "directory 3\na\tb\tx",
                "directory 3\na\tb\t1\tc",
                "directory 3\na\tb\t1\tc\tNUMBER\t-1\t-1\tEXACT",
                "directory 3\na\\\tb\t1",
                "directory 3\na\\x\tb\t1",
                "directory 3\na\tb\t1\na\tb\t1"
            })
    void whatCannotBeReadIsRefusedAsAWhole(String text) {
        assertThatThrownBy(() -> DirectoryCodec.decode(text)).isInstanceOf(CoordinationException.class);
    }
}
