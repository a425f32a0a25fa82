using System;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using ScopedTasks.Seeds.Tests.Support;
using Xunit;

namespace ScopedTasks.Seeds.Tests.Behaviours;

/// <summary>The asyncio ecosystem: what cannot be printed.</summary>
public sealed class S3Tests
{
    [Theory]
    [InlineData("group.Spawn(Work());", null)]
    [InlineData("group.Spawn(Work);", "CS1503")]
    [InlineData("group.Spawn(async () => await Work());", "CS1660")]
    [InlineData("group.Spawn(() => Work());", "CS1660")]
    public void S3_08_A_group_takes_the_coroutine_and_not_the_function(string statement, string? error) =>
        Assert.Equal(error, Probe.ErrorOf(statement));

    [Fact]
    public void S3_10_A_task_is_a_coroutine_whose_end_can_be_processed()
    {
        ChildTask<int>? child = null;
        var thrown = new FormatException();
        var failure = Assert.Throws<FormatException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            child = group.Run(Fails(thrown));
            Assert.Equal(CoroutineStatus.Created, child.Status);
            await Coroutine.SleepForever();
        })));

        Assert.Same(thrown, failure);
        Assert.Same(thrown, child!.Exception);
        Assert.Equal(CoroutineStatus.Faulted, child.Status);

        static async Coroutine<int> Fails(Exception exception)
        {
            await Coroutine.Yield();
            throw exception;
        }
    }
}
