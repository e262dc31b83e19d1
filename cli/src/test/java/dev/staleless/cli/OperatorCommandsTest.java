package dev.staleless.cli;

import dev.staleless.testkit.server.RedisServer;

class OperatorCommandsTest extends OperatorCommandsContract {

    @Override
    String store() {
        return RedisServer.shared().uri();
    }
}
