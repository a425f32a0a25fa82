namespace ScopedTasks.Seeds.Tests;

// The programs of document S4.
internal static partial class Outputs
{
    private const string S4 = """
        === S4-01
        1
        2
        3
        === S4-03
        first_async
        the loop has returned
        === S4-04
        tick
        tick
        tick
        stopped
        === S4-05
        before
        other
        after
        === S4-06
        hello
        world
        === S4-07
        world
        hello
        hello's value
        world's value
        === S4-08
        submitted 1
        submitted 2
        submitted 3
        submitted 4
        submitted 5
        completed 5
        completed 2
        completed 3
        completed 4
        completed 1
        === S4-10
        completed 1
        slow: ProcessBlocking
        completed 2
        slow: ProcessBlocking
        completed 3
        slow: ProcessBlocking
        completed 4
        slow: ProcessBlocking
        completed 5
        slow: ProcessBlocking
        === S4-11
        the loop went on ticking: True
        five places: 5 at once
        the loop went on ticking: True
        one place: 1 at once
        === S4-12
        sleeper: cleaned up
        worker: done
        sleeper: Canceled
        === S4-13
        saved
        cancelled
        === S4-14
        TimeoutException at 1 s
        False at 1 s
        === S4-15
        first
        second
        a child that was started later
        third
        === S4-16
        done: False
        there is no result yet
        waiter 1 got 42
        waiter 2 got 42
        waiter 3 got 42
        waiter 1: it went wrong
        waiter 2: it went wrong
        waiter 3: it went wrong
        done: True
        awaited afterwards: 42
        set again: False
        The future is set already; it is set once.
        """;
}
