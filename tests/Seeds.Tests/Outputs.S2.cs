namespace ScopedTasks.Seeds.Tests;

// The programs of document S2.
internal static partial class Outputs
{
    private const string S2 = $$"""
        === S2-02
        This is /.
        === S2-04
        This is /one.
        This is /two.
        in flight at once: 2
        === S2-05
        Response one: This is /one.
        Response two: This is /two.
        12
        === S2-06
        after the call: Created
        === S2-07
        | for begin
        || get_numbers begin
        || get_numbers Giving 1...
        | Got 1.
        || get_numbers Giving 2...
        | Got 2.
        || get_numbers Giving 3...
        | Got 3.
        || get_numbers end
        | for end

        | for begin
        || get_numbers begin
        || get_numbers Giving 1...
        | Got 1.
        || get_numbers Giving 2...
        | Got 2.
        || get_numbers Giving 3...
        | Got 3.
        || get_numbers end
        | for end
        === S2-08
        || get_numbers begin
        || get_numbers Giving 1...
        Out: 1
        || get_numbers Giving 2...
        Out: 2
        || get_numbers Giving 3...
        Out: 3
        || get_numbers end
        StopIteration
        The coroutine 'GetNumbersAsCoroutine' has already finished.
        === S2-09
        [1.0] Sending update 1/3.
        [1.0] Sending update 2/3.
        [1.0] Sending update 3/3.
        === S2-11
        True
        === S2-12
        {{Updates}}
        === S2-13
        {{Updates}}
        === S2-14
        {{Updates}}
        === S2-16
        # select
        timer
        three: hello
        timer
        two: hello
        timer
        one: hello
        # reactor
        over TCP
        over a pipe
        === S2-17
        name?
        Hello Ann
        === S2-18
        # flat
        asked 1
        asked 2
        got 10 and 20
        # three deep
        asked 1
        asked 2
        got 10 and 20
        """;
}
