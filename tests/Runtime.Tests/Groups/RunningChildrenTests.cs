using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

public class RunningChildrenTests
{
    private readonly object _gate = new();
    private RunningChildren _children;

    [Fact]
    public void Those_that_have_ended_are_let_go_before_they_are_many()
    {
        var oldest = new Child();
        _children.Add(oldest);
        for (var count = 0; count < 1_000; count++)
        {
            var child = new Child();
            _children.Add(child);
            child.End();
            _children.OnEnded(running: 1, _gate);
        }

        var newest = new Child();
        _children.Add(newest);
        var older = OlderThan(newest).ToList();
        Assert.InRange(older.Count, 1, 50);
        Assert.Same(oldest, older[^1]);
    }

    private static IEnumerable<RunningChild> OlderThan(RunningChild child)
    {
        while (child.Older is { } older)
        {
            yield return older;
            child = older;
        }
    }

    private sealed class Child() : RunningChild(label: null, startedAt: 0)
    {
        public override Task? Outcome => null;

        public void End() => MarkEnded();

        protected override void OnEnded(Task task) => End();
    }
}
