package dev.firstline.stub;

import dev.firstline.TestMode;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.slf4j.LoggerFactory;

/** Lets a class run, skips it and says so on the console, or fails it: as {@link TestMode} decides. */
final class ClientCondition implements ExecutionCondition {
    private static final String PROPERTY = "firstline.clients";
    private static final TestMode MODE = TestMode.of(PROPERTY, System.getProperty(PROPERTY));

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("as its class");
        }
        Class<?> tests = context.getRequiredTestClass();
        Client client = AnnotationSupport.findAnnotation(tests, RequiresClient.class)
                .orElseThrow()
                .value();
        TestMode.Decision decision = MODE.decide(PROPERTY, client::missing);
        return switch (decision.fate()) {
            case RUN -> ConditionEvaluationResult.enabled(client + " is there");
            case SKIP -> {
                LoggerFactory.getLogger(tests)
                        .error("SKIPPED: {} (-D{}=required makes this a failure)", decision.why(), PROPERTY);
                yield ConditionEvaluationResult.disabled(decision.why());
            }
            case FAIL -> throw new ExtensionConfigurationException(decision.why());
        };
    }
}
