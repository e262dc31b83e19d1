/**
 * One small application, an issue tracker, written four times: with plain JDBC, jOOQ, MyBatis and Spring Data JDBC, each as
 * its users write it. All of them run over the cache and are compared with the same application beside it.
 */
@org.jspecify.annotations.NullUnmarked
package dev.staleless.integration.tracker;
