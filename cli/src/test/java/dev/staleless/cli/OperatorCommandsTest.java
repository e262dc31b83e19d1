package dev.staleless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.testkit.server.RedisServer;
import org.junit.jupiter.api.Test;

class OperatorCommandsTest extends OperatorCommandsContract {

    @Override
    String store() {
        return RedisServer.shared().uri();
    }

    @Test
    void wrongUsageSaysWhatIsRight() {
        assertThat(runOnNode("invalidate")).isEqualTo(2);
        assertThat(out.toString()).contains("either --table=SCHEMA.TABLE or --all");
        assertThat(runOnNode("invalidate", "--all", "--where=id = 1")).isEqualTo(2);
        assertThat(runOnNode("invalidate", "--table=parcel")).isEqualTo(2);
        assertThat(runOnNode("invalidate", "--table=public.parcels")).isEqualTo(2);
        assertThat(run("invalidate", "--all")).isEqualTo(2);
    }
}
