using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Apis;

/// <summary>Libraries whose calls look like lost tasks and are none: why users switch other analyzers off.</summary>
public sealed class ObservingApisTests : RuleTests<DroppedTaskAnalyzer>
{
    [Theory]
    [InlineData("service.Received().SendAsync(1);")]
    [InlineData("service.Received(2).SendAsync(1);")]
    [InlineData("service.DidNotReceive().SendAsync(1);")]
    [InlineData("service.ReceivedWithAnyArgs().SendAsync(1);")]
    [InlineData("service.DidNotReceiveWithAnyArgs().SendAsync(1);")]
    [InlineData("service.Received().Inner.SendAsync(1);")]
    [InlineData("service.When(x => x.SendAsync(1));")]
    [InlineData("service.When(x => { x.SendAsync(1); });")]
    [InlineData("Received.InOrder(() => { service.SendAsync(1); service.SendAsync(2); });")]
    public Task Ignores_NSubstitute(string statement) =>
        Ignores(
            $$"""
            using NSubstitute;
            namespace NSubstitute
            {
                public static class SubstituteExtensions
                {
                    public static T Received<T>(this T substitute) => substitute;
                    public static T Received<T>(this T substitute, int calls) => substitute;
                    public static T DidNotReceive<T>(this T substitute) => substitute;
                    public static T ReceivedWithAnyArgs<T>(this T substitute) => substitute;
                    public static T DidNotReceiveWithAnyArgs<T>(this T substitute) => substitute;
                    public static void When<T>(this T substitute, Action<T> call) { }
                }
                public static class Received { public static void InOrder(Action calls) { } }
            }
            {{Tests(statement)}}
            """);

    [Theory]
    [InlineData("new Moq.Mock<IService>().Verify(x => x.SendAsync(1));")]
    [InlineData("new Moq.Mock<IService>().Setup(x => x.SendAsync(1));")]
    [InlineData("new Moq.Mock<IService>().SetupAdd(x => x.SendAsync(1));")]
    public Task Ignores_Moq(string statement) =>
        Ignores(
            $$"""
            namespace Moq
            {
                using System.Linq.Expressions;
                public class Mock<T>
                {
                    public void Verify(Expression<Action<T>> call) { }
                    public void Setup(Expression<Func<T, Task>> call) { }
                    public void SetupAdd(Action<T> call) { }
                }
            }
            {{Tests(statement)}}
            """);

    [Fact]
    public Task Ignores_FakeItEasy() =>
        Ignores(
            $$"""
            namespace FakeItEasy
            {
                using System.Linq.Expressions;
                public static class A { public static object CallTo(Expression<Action> call) => call; }
            }
            {{Tests("FakeItEasy.A.CallTo(() => service.SendAsync(1));")}}
            """);

    [Theory]
    [InlineData("Assert.Throws<Exception>(() => service.SendAsync(1));")]
    [InlineData("Assert.DoesNotThrow(() => service.SendAsync(1));")]
    [InlineData("Assert.That(() => service.SendAsync(1), new object());")]
    [InlineData("Assert.ThrowsAsync<Exception>(async () => await service.SendAsync(1));")]
    public Task Ignores_NUnit(string statement) =>
        Ignores(
            $$"""
            using NUnit.Framework;
            namespace NUnit.Framework
            {
                public delegate void TestDelegate();
                public delegate Task AsyncTestDelegate();
                public delegate T ActualValueDelegate<T>();
                public class Assert
                {
                    public static T? Throws<T>(TestDelegate code) => default;
                    public static void DoesNotThrow(TestDelegate code) { }
                    public static void That<T>(ActualValueDelegate<T> actual, object constraint) { }
                    public static T? ThrowsAsync<T>(AsyncTestDelegate code) => default;
                }
            }
            {{Tests(statement)}}
            """);

    [Theory]
    [InlineData("Assert.Throws<Exception>(() => { service.SendAsync(1); });")]
    [InlineData("Record.Exception(() => { service.SendAsync(1); });")]
    [InlineData("Assert.ThrowsAsync<Exception>(() => service.SendAsync(1)).Wait();")]
    public Task Ignores_xunit(string statement) =>
        Ignores(
            $$"""
            using Xunit;
            namespace Xunit
            {
                public class Assert
                {
                    public static T? Throws<T>(Action code) => default;
                    public static Task ThrowsAsync<T>(Func<Task> code) => code();
                }
                public class Record { public static Exception? Exception(Action code) => null; }
            }
            {{Tests(statement)}}
            """);

    [Fact]
    public Task Reports_an_async_assertion_that_nobody_waits_for() =>
        Reports(
            $$"""
            namespace Xunit
            {
                public class Assert { public static Task ThrowsAsync<T>(Func<Task> code) => code(); }
            }
            {{Tests("[|Xunit.Assert.ThrowsAsync<Exception>(() => service.SendAsync(1))|];")}}
            """);

    [Theory]
    [InlineData("InvokeAsync(StateHasChanged);")]
    [InlineData("InvokeAsync(() => StateHasChanged());")]
    public Task Ignores_the_renderer_of_Blazor(string statement) => Ignores(Page(statement));

    [Fact]
    public Task Reports_asynchronous_work_on_the_renderer_of_Blazor() =>
        Reports(Page("[|InvokeAsync(() => Task.Delay(1))|];"));

    [Fact]
    public Task Ignores_a_dispatcher_operation() =>
        Ignores(
            """
            using System.Runtime.CompilerServices;
            namespace System.Windows.Threading
            {
                public class DispatcherOperation { public TaskAwaiter GetAwaiter() => default; }
                public class Dispatcher { public DispatcherOperation BeginInvoke(Action work) => new(); }
            }
            class Window
            {
                void OnClick(System.Windows.Threading.Dispatcher dispatcher) => dispatcher.BeginInvoke(() => { });
            }
            """);

    private static string Page(string statement) =>
        $$"""
        namespace Microsoft.AspNetCore.Components
        {
            public abstract class ComponentBase
            {
                protected void StateHasChanged() { }
                protected Task InvokeAsync(Action work) { work(); return Task.CompletedTask; }
                protected Task InvokeAsync(Func<Task> work) => work();
            }
        }
        class Page : Microsoft.AspNetCore.Components.ComponentBase
        {
            void OnChanged() { {{statement}} }
        }
        """;

    private static string Tests(string statement) =>
        $$"""
        public interface IService { Task SendAsync(int id); IService Inner { get; } }
        class Tests { void Test(IService service) { {{statement}} } }
        """;
}
