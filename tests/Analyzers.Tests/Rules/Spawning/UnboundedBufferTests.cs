using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE409: buffers without a bound, and their bound.</summary>
public sealed class UnboundedBufferTests : RuleTests<UnboundedBufferAnalyzer, UnboundedBufferFix>
{
    private const string Plan = "CreateBounded";

    [Fact]
    public Task Names_the_channel() =>
        Reports(
            Method("var c = [|Channel.CreateUnbounded<int>()|];"),
            "'CreateUnbounded' takes as much as the producer writes, however slow the consumer is; "
            + "use 'Channel.CreateBounded'");

    [Fact]
    public Task Names_the_collection() =>
        Reports(
            Method("var c = [|new BlockingCollection<int>()|];"),
            "'BlockingCollection' takes as much as the producer writes, however slow the consumer is; "
            + "give it a 'boundedCapacity'");

    [Theory]
    [InlineData("var c = [|Channel.CreateUnbounded<int>(new UnboundedChannelOptions())|];")]
    [InlineData("BlockingCollection<int> c = [|new()|];")]
    [InlineData("var c = [|new BlockingCollection<int>(new ConcurrentStack<int>())|];")]
    public Task Reports_every_way_to_make_one(string statement) => Reports(Method(statement));

    [Theory]
    [InlineData("var c = Channel.CreateBounded<int>(10);")]
    [InlineData("var c = new BlockingCollection<int>(10);")]
    [InlineData("var c = new BlockingCollection<int>(new ConcurrentStack<int>(), 10);")]
    [InlineData("var c = new ConcurrentQueue<int>();")]
    public Task Ignores_what_is_bounded_or_no_buffer(string statement) => Ignores(Method(statement));

    [Theory]
    [InlineData("Channel.CreateUnbounded<int>()", "Channel.CreateBounded<int>(1000)")]
    [InlineData(
        "Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true })",
        "Channel.CreateBounded<int>(new BoundedChannelOptions(1000) { SingleReader = true })")]
    [InlineData(
        "Channel.CreateUnbounded<int>(new UnboundedChannelOptions())",
        "Channel.CreateBounded<int>(new BoundedChannelOptions(1000))")]
    [InlineData("new BlockingCollection<int>()", "new BlockingCollection<int>(boundedCapacity: 1000)")]
    public Task Bounds_it(string before, string after) => Fixes(
        Method($"var c = [|{before}|]; // items"),
        Method($"var c = {after}; // items"),
        plan: Plan,
        title: "Bound it: at most 1000 items, then the producer waits",
        isChosen: true);

    [Theory]
    [InlineData("var c = [|Channel.CreateUnbounded<int>()|]; c.Writer.TryWrite(1);")]
    [InlineData("var c = [|new BlockingCollection<int>()|]; c.TryAdd(1);")]
    [InlineData("var o = new UnboundedChannelOptions(); var c = [|Channel.CreateUnbounded<int>(o)|];")]
    [InlineData("var c = [|new BlockingCollection<int>(new ConcurrentStack<int>())|];")]
    public Task Writes_nothing_where_an_item_would_be_lost_or_the_options_are_elsewhere(string statements) =>
        OffersNoFix(Method(statements));

    private static string Method(string statements) =>
        $$"""
        using System.Collections.Concurrent;
        using System.Threading.Channels;
        using System.Threading.Tasks;

        class C
        {
            void M()
            {
                {{statements}}
            }
        }
        """;
}
