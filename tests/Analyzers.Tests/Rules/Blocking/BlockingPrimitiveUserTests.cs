using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE202: what users say blocks, and what they say does not.</summary>
public sealed class BlockingPrimitiveUserTests : RuleTests<BlockingPrimitiveAnalyzer>
{
    [Theory]
    [InlineData("scoped_tasks.blocking_calls = Device.WaitForReply")]
    [InlineData("scoped_tasks.blocking_calls = Lab.Device.WaitForReply -> ReplyAsync")]
    [InlineData("scoped_tasks.blocking_calls = Other.Call, WaitForReply -> await ReplyAsync")]
    [InlineData("scoped_tasks.blocking_calls = Dev*.Wait*")]
    [InlineData("scoped_tasks.blocking_calls = *.WaitForReply -> await ReplyAsync")]
    public Task Reports_a_call_that_the_configuration_names(string line) =>
        Reports(Using("[|device.WaitForReply()|];"), Code.Default with { EditorConfig = line });

    [Fact]
    public Task Reports_a_property_that_the_configuration_names() => Reports(
        Using("var n = [|device.Reply|];"),
        Code.Default with { EditorConfig = "scoped_tasks.blocking_calls = Device.Reply" });

    [Fact]
    public Task Says_what_the_configuration_says() => Reports(
        Using("[|device.WaitForReply()|];"),
        "'Device.WaitForReply' blocks the thread until it returns; use 'ReplyAsync'",
        Code.Default with { EditorConfig = "scoped_tasks.blocking_calls = Device.WaitForReply -> ReplyAsync" });

    [Fact]
    public Task Says_something_where_the_configuration_says_nothing() => Reports(
        Using("[|device.WaitForReply()|];"),
        "'Device.WaitForReply' blocks the thread until it returns; await it on the thread pool with 'Task.Run'",
        Code.Default with { EditorConfig = "scoped_tasks.blocking_calls = Device.WaitForReply" });

    [Theory]
    [InlineData("scoped_tasks.blocking_calls = Device.WaitForOther")]
    [InlineData("scoped_tasks.blocking_calls = Machine.WaitForReply")]
    [InlineData("scoped_tasks.blocking_calls = Dev*.*Other, *Wait")]
    [InlineData("scoped_tasks.blocking_calls = WaitForReply\nscoped_tasks.not_blocking = Device.*")]
    [InlineData("scoped_tasks.blocking_calls = WaitForReply\nscoped_tasks.not_blocking = Device.WaitForReply")]
    public Task Ignores_a_call_that_the_configuration_does_not_mean(string lines) =>
        Ignores(Using("device.WaitForReply();"), Code.Default with { EditorConfig = lines });

    [Fact]
    public Task Ignores_a_call_of_the_framework_that_the_configuration_exempts() => Ignores(
        Using("Thread.Sleep(1);"), Code.Default with { EditorConfig = "scoped_tasks.not_blocking = Thread.Sleep" });

    [Fact]
    public Task Ignores_a_named_call_in_code_that_is_not_async() => Ignores(
        Using("void Local() { device.WaitForReply(); }"),
        Code.Default with { EditorConfig = "scoped_tasks.blocking_calls = Device.WaitForReply" });

    [Theory]
    [InlineData("[|device.MarkedWait()|];")]
    [InlineData("var n = [|device.MarkedReply|];")]
    [InlineData("var d = [|new Device(1)|];")]
    [InlineData("Device d = [|new(1)|];")]
    [InlineData("[|derived.MarkedWait()|];")]
    [InlineData("[|device.MarkedGeneric<int>()|];")]
    [InlineData("[|device.MarkedExtension()|];")]
    public Task Reports_a_member_that_is_marked(string statement) => Reports(Using(statement));

    [Theory]
    [InlineData("gate.Wait();")]
    [InlineData("derived.Unmarked();")]
    [InlineData("await Task.Run(() => device.MarkedWait());")]
    public Task Ignores_a_member_that_is_marked_as_prompt_or_not_at_all(string statement) => Ignores(Using(statement));

    [Fact]
    public Task Knows_the_attributes_of_the_runtime() => Reports(
        """
        using ScopedTasks;

        class C
        {
            [Blocking] void Load() { }
            async Task M() { [|Load()|]; await Task.Yield(); }
        }
        """);

    private static string Using(string statements) =>
        $$"""
        namespace Lab
        {
            class BlockingAttribute : Attribute { }
            class NonBlockingAttribute : Attribute { }

            class Device
            {
                public Device() { }
                [Blocking] public Device(int port) { }
                public void WaitForReply() { }
                public int Reply => 1;
                [Blocking] public virtual void MarkedWait() { }
                [Blocking] public int MarkedReply => 1;
                [Blocking] public void MarkedGeneric<T>() { }
                [Blocking, NonBlocking] public virtual void Unmarked() { }
            }

            static class Devices
            {
                [Blocking] public static void MarkedExtension(this Device device) { }
            }

            class Derived : Device
            {
                public override void MarkedWait() { }
                public override void Unmarked() { }
            }

            class Gate : SemaphoreSlim
            {
                public Gate() : base(1) { }
                [NonBlocking] public new void Wait() { }
            }

            class C
            {
                async Task M(Device device, Derived derived, Gate gate)
                {
                    {{statements}}
                    await Task.Yield();
                }
            }
        }
        """;
}
