package quorate.node.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ProblemCode;
import quorate.node.StoppedCluster;
import quorate.store.StoreException;

class StoreProblemsTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheOperatorWhereAndTheCallerOnlyWhat() throws Exception {
        var cluster = StoppedCluster.in(folder);
        cluster.generate("treasury");
        Files.write(cluster.database(1), new byte[4096]);

        var failure = catchThrowableOfType(StoreException.class, () -> cluster.open(1).close());

        var path = cluster.database(1).toString();
        assertThat(StoreProblems.forOperator(failure).code())
                .isIn(ProblemCode.DATABASE_DAMAGED, ProblemCode.FOREIGN_DATABASE, ProblemCode.STORAGE_FAILED);
        assertThat(StoreProblems.forOperator(failure).detail()).contains(path);
        assertThat(StoreProblems.forCaller(failure).detail()).doesNotContain(path);
    }

    @Test
    void namesTheCheckOfASecondProcess() throws Exception {
        var cluster = StoppedCluster.in(folder);
        cluster.generate("treasury");
        try (var running = cluster.open(1)) {
            var failure = catchThrowableOfType(StoreException.class, () -> cluster.open(1).close());

            assertThat(running.node().name().player()).isEqualTo(1);
            assertThat(StoreProblems.forOperator(failure).code()).isEqualTo(ProblemCode.NODE_RUNNING);
            assertThat(StoreProblems.forOperator(failure).check()).isEqualTo("PSG-3");
        }
    }
}
