namespace ScopedTasks.Seeds.Tests;

// The programs of document S1.
internal static partial class Outputs
{
    private const string S1 = """
        === S1-01
        calling main
        in main
        3
        === S1-02
        # iterator
        0
        --
        just yielded 0
        10
        --
        just yielded 10
        20
        --
        just yielded 20
        # coroutine
        0
        --
        just yielded 0
        10
        --
        just yielded 10
        20
        --
        just yielded 20
        === S1-03
        # written out
        0
        --
        just yielded 0
        10
        --
        just yielded 10
        20
        --
        just yielded 20
        # a single yield
        0
        --
        # an expression
        0
        --
        10
        --
        20
        --
        === S1-09
        Hello World!
        the loop is closed
        === S1-10
        Hello World!
        === S1-11
        Hello
        World!
        === S1-12
        Hello
        World!
        a second await: InvalidOperationException
        === S1-13
        spawned
        Hello
        World!
        === S1-14
        main is finished
        Hello
        World!
        === S1-15
        Hello
        World!
        now we await
        1 s
        === S1-16
        (1, 2) after 0.2 s
        === S1-17
        Hello
        World!
        Hello: RanToCompletion
        World: RanToCompletion
        === S1-19
        sleeper: cleaned up
        worker: done
        sleeper: Canceled
        === S1-20
        one: cleaned up
        two: cleaned up
        === S1-21
        saved meanwhile
        cleanup after 5000 swallowed cancellations
        === S1-22
        acquire
        release
        Ann, Bob
        acquire
        release
        the body failed
        acquire
        release
        timed out
        === S1-23
        row 1
        row 2
        row 3
        row 4
        row 5
        row 6
        === S1-24
        32
        on the thread of the loop: True
        === S1-25
        0 at 0 s
        1 at 1 s
        2 at 2 s
        3 at 3 s
        4 at 4 s
        0 at 0 s
        1 at 1 s
        2 at 2 s
        3 at 3 s
        4 at 4 s
        === S1-27
        1
        === S1-28
        nothing has run
        other(0)
        other(1)
        func(1)
        other(2)
        other(3)
        func(3)
        === S1-29
        {1}
        [1]
        {1: 1}
        === S1-30
        took 1, and went away
        generator cleaned up
        the loop has ended
        === S1-31
        0
        cleanup
        === S1-32
        {"hello":"world"}
        query of orders cancelled
        query of prices cancelled
        === S1-33
        # protocol
        one two three
        the server is closed
        disconnected: 3
        # coroutine
        one two three
        the server is closed
        === S1-35
        record 1
        record 2
        record 3
        record 4
        record 5
        consumer disposed
        """;
}
