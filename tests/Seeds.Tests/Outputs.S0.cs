namespace ScopedTasks.Seeds.Tests;

// The programs of document S0.
internal static partial class Outputs
{
    private const string S0 = """
        === S0-01
        created
        Hi, you, from coroutine!
        === S0-02
        2
        === S0-03
        Sum of [1, 2, 3] is 6
        === S0-04
        Sum of [1, 2, 3] is 6
        === S0-05
        r1=1 r2=1 more=False result=2
        === S0-06
        send 1 yielded 1
        send 2 yielded 1
        send 3 returned 2
        === S0-07
        Hi
        you
        !
        === S0-08
        Hi
        !
        you
        -- SpawnAsync lets the child run first
        Hi
        you
        !
        -- Spawn goes on at once
        !
        Hi
        you
        === S0-10
        Hi
        you
        !
        === S0-11
        Hi
        you
        !
        at most 10 waits: True
        at most 50 ms of CPU: True
        === S0-13
        Hi
        you
        !
        === S0-15
        URL pinged
        DB pinged
        --
        DB pinged
        URL pinged
        === S0-16
        DB pinged
        URL pinged
        --
        DB pinged
        URL pinged
        === S0-18
        one after another: 10 s
        in a group: 1 s
        === S0-19
        ping
        the client has said goodbye
        === S0-20
        stored 1
        stored 2
        stored 3
        stored 4
        stored 5
        Successfully finished!
        Psst: 0
        === S0-21
        bounded group: 10000 stored, at most 10 at once, 0 failures
        the producer was never more than 11 ahead: True
        limiter: 10000 stored, at most 10 at once, 0 failures
        === S0-23
        0
        1
        2
        3
        4
        5
        6
        7
        8
        9
        never more than 2 in the channel: True
        === S0-24
        plain
        tricky has spawned
        grandchild
        the group has ended
        too late: InvalidOperationException
        === S0-25
        3
        """;
}
