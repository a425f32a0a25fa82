using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>What can be seen of the coroutines on a loop.</summary>
public sealed class TaskTreeTests
{
    [Fact]
    public void TaskTree_UpAndDownLinks()
    {
        var ended = new List<TaskNode>();
        OnLoop.Run(Main);

        // What has ended still knows where it was.
        Assert.Equal(["Grandchild", "Child"], ended.Select(node => node.Name));
        Assert.Equal("Child", ended[0].Parent!.Name);
        Assert.Same(ended[1], ended[0].Parent);
        Assert.Equal("Main", ended[1].Parent!.Name);
        Assert.All(ended, node => Assert.Equal(CoroutineStatus.RanToCompletion, node.Status));

        async Coroutine Main()
        {
            var loop = EventLoop.Current!;
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Child());
                await EventLoop.WaitAllTasksBlockedAsync();
                var main = Assert.Single(loop.GetTaskTree().Roots);
                Assert.Null(main.Parent);
                Assert.Equal("Main", main.Name);
                var child = Assert.Single(main.Children);
                Assert.Equal(("Child", CoroutineStatus.Suspended), (child.Name, child.Status));
                Assert.Same(main, child.Parent);
                var grandchild = Assert.Single(child.Children);
                Assert.Same(child, grandchild.Parent);
                Assert.Empty(grandchild.Children);
                Assert.NotNull(grandchild.WaitingOn);
                ended.AddRange([grandchild, child]);
            });
            Assert.Empty(Assert.Single(loop.GetTaskTree().Roots).Children);
        }

        static async Coroutine Child() => await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Grandchild());
            await Task.CompletedTask;
        });

        static async Coroutine Grandchild() => await Coroutine.Sleep(OnLoop.Seconds(1));
    }

    [Fact]
    public void A_task_that_has_yet_to_start_shows_the_parent_that_it_will_have() => OnLoop.Run(async () =>
    {
        var loop = EventLoop.Current!;
        await CoroutineGroup.RunAsync(async outer =>
        {
            outer.Spawn(Owner());
            await Coroutine.Sleep(OnLoop.Seconds(3));
        });

        Coroutine Owner() => CoroutineGroup.RunAsync(async target =>
        {
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Starter(target), "starter");
                await EventLoop.WaitAllTasksBlockedAsync();
                var starter = loop.GetTaskTree().Roots.Single().Children.Single().Children.Single();
                var pending = Assert.Single(starter.Children);
                Assert.Equal("starter", starter.Name);
                Assert.Equal("pending", pending.Name);
                Assert.Same(starter.Parent, pending.Parent);
            });
        });

        static async Coroutine Starter(CoroutineGroup target) => await target.StartAsync<int>(Pending, "pending");

        static async Coroutine Pending(StartSignal<int> signal)
        {
            await Coroutine.Sleep(OnLoop.Seconds(1));
            signal.SetStarted(1);
        }
    });
}
