package dev.staleless.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells of a wrong property in words instead of a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<StalelessSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, StalelessSettingsException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
