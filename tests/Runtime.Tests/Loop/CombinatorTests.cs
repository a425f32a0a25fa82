using System;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Several coroutines as one: all of them, or the first.</summary>
public sealed class CombinatorTests : LoopGroupTests
{
    private readonly Reports _reports = new();

    [Fact]
    public void Gather_gives_values_in_order_and_cancels_on_failure()
    {
        OnLoop.Run(async () =>
        {
            Assert.Equal((1, 2), await Coroutine.GatherAsync(After(2, 1), After(1, 2)));
            Assert.Equal(OnLoop.Seconds(2), OnLoop.Now);
            int[] expected = [5, 6, 7];
            Assert.Equal(expected, await Coroutine.GatherAsync([After(3, 5), After(2, 6), After(1, 7)]));
            await Assert.ThrowsAsync<FormatException>(async () => await Coroutine.GatherAsync(After(9, 1), Bad()));
        });

        static async Coroutine<int> Bad()
        {
            await Coroutine.Yield();
            throw new FormatException();
        }
    }

    [Fact]
    public void Race_first_success_wins_and_late_winners_are_disposed()
    {
        OnLoop.Run(async () =>
        {
            var late = new Resource("late", Log);
            var winner = new Resource("winner", Log);
            var won = await Coroutine.RaceAsync(
                FailAfter(1),
                Offer(winner, 2, stubborn: false),
                Offer(late, 3, stubborn: true));
            Assert.Same(winner, won);
            Assert.Equal(["late"], Log);
            Assert.Equal(OnLoop.Seconds(3), OnLoop.Now);
            await Assert.ThrowsAsync<FormatException>(async () => await Coroutine.RaceAsync(FailAfter(1)));
        });
        Assert.Throws<ArgumentException>(() => Coroutine.RaceAsync<int>());

        static async Coroutine<Resource> FailAfter(int seconds)
        {
            await Coroutine.Sleep(OnLoop.Seconds(seconds));
            throw new FormatException();
        }

        static async Coroutine<Resource> Offer(Resource resource, int seconds, bool stubborn)
        {
            using (new CancelScope(shield: stubborn))
                await Coroutine.Sleep(OnLoop.Seconds(seconds));
            return resource;
        }
    }

    private static async Coroutine<int> After(int seconds, int value)
    {
        await Coroutine.Sleep(OnLoop.Seconds(seconds));
        return value;
    }
}
