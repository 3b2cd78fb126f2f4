package dev.firstline.cli;

import com.marcnuri.helm.jni.NativeLibrary;
import dev.firstline.TestMode;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Lets a class run, skips it and says so on the console, or fails it: as {@link TestMode} decides. */
final class HelmCondition implements ExecutionCondition {
    private static final String PROPERTY = "firstline.helm";
    private static final TestMode MODE = TestMode.of(PROPERTY, System.getProperty(PROPERTY));

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("as its class");
        }
        TestMode.Decision decision = MODE.decide(PROPERTY, HelmCondition::missing);
        return switch (decision.fate()) {
            case RUN -> ConditionEvaluationResult.enabled("Helm is there");
            case SKIP -> {
                LoggerFactory.getLogger(context.getRequiredTestClass())
                        .error("SKIPPED: {} (-D{}=required makes this a failure)", decision.why(), PROPERTY);
                yield ConditionEvaluationResult.disabled(decision.why());
            }
            case FAIL -> throw new ExtensionConfigurationException(decision.why());
        };
    }

    /** Looked for before Helm is touched: without a library on the class path it would fetch one from the network. */
    private static Optional<String> missing() {
        return ServiceLoader.load(NativeLibrary.class).findFirst().isPresent()
                ? Optional.empty()
                : Optional.of("Helm has no library for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch"));
    }
}
