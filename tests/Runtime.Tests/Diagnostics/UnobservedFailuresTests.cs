using System;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Diagnostics;

/// <summary>Where failures go that no caller gets to see.</summary>
public sealed class UnobservedFailuresTests
{
    private readonly string _id = Guid.NewGuid().ToString();

    [Fact]
    public async Task Without_a_handler_they_are_an_event()
    {
        using var events = new Events();
        var options = TaskGroupOptions.Supervise;
        options.Name = "server";
        await TaskGroup.RunAsync(group => group.Spawn(_ => throw new FormatException(_id)), options);
        Assert.Contains($"UnobservedFailure: server | System.FormatException | {_id}", events.All);
    }

    [Fact]
    public async Task Further_failures_are_events_too()
    {
        using var events = new Events();
        var options = TaskGroupOptions.Collect;
        options.Name = "import";
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => throw new FormatException("first " + _id));
                group.Spawn(_ => throw new FormatException("second " + _id));
            },
            options);
        await run.Ended();
        Assert.Contains($"FurtherFailure: import | System.FormatException | second {_id}", events.All);
        Assert.DoesNotContain($"FurtherFailure: import | System.FormatException | first {_id}", events.All);
    }

    [Fact]
    public void Without_a_handler_they_are_one_line_on_standard_error()
    {
        var line = UnobservedFailures.Describe("server", new FormatException("two\r\nlines"));
        Assert.Equal("ScopedTasks: group 'server': unobserved System.FormatException: two lines", line);
        line = UnobservedFailures.Describe(null, new FormatException("one"));
        Assert.Equal("ScopedTasks: unobserved System.FormatException: one", line);
    }
}
