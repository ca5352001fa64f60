package quorate.cli;

import quorate.cli.backup.BackupFiles;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.demo.SignatureVerifier;
import quorate.cli.drill.ScratchFounding;
import quorate.cli.node.Founding;
import quorate.cli.node.NodeHosting;
import quorate.cli.node.NodeRunner;
import quorate.cli.share.ShareFiles;

/**
 * What commands need from the node module and from this machine; {@link Wiring} has the real ones, tests have their
 * own.
 */
record Parts(
        Founding founding,
        NodeRunner runner,
        NodeStarter starter,
        NodeHosting hosting,
        BackupFiles backups,
        ScratchFounding scratch,
        NodeStarter scratchStarter,
        ShareFiles shares,
        SignatureVerifier verifier) {}
