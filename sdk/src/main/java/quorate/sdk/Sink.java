package quorate.sdk;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a body as it arrives, one part at a time, up to a limit; answers how many bytes it wrote. */
final class Sink implements BodySubscriber<Long> {
    private final OutputStream out;
    private final long limit;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long written;

    Sink(OutputStream out, long limit) {
        this.out = out;
        this.limit = limit;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        to.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        var from = subscription;
        if (from == null || done.isDone()) {
            return;
        }
        try {
            for (var part : parts) {
                var bytes = new byte[part.remaining()];
                part.get(bytes);
                written += bytes.length;
                if (written > limit) {
                    throw new IOException("the body has more than " + limit + " bytes");
                }
                out.write(bytes);
            }
            from.request(1);
        } catch (IOException e) {
            from.cancel();
            done.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable cause) {
        done.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        done.complete(written);
    }
}
