package quorate.api;

/** The process of this player runs. */
public record Live(int player) {
    public Live {
        Require.player("player", player);
    }
}
