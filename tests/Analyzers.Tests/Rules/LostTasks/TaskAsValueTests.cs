using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE116: an awaitable that stands in for its result.</summary>
public sealed class TaskAsValueTests : RuleTests<TaskAsValueAnalyzer>
{
    /// <summary>The libraries of the table, as far as the tests call them.</summary>
    private const string Libraries = """
        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase
            {
                public object Ok(object? value) => new();
                public object Ok() => new();
                public object StatusCode(int code, object? value) => new();
            }

            public abstract class Controller : ControllerBase
            {
                public Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary ViewData { get; } = new();
                public object Json(object? value) => new();
                public object View(object? model) => new();
            }

            public class ObjectResult { public ObjectResult(object? value) { } }
            public class OkObjectResult : ObjectResult { public OkObjectResult(object? value) : base(value) { } }
        }

        namespace Microsoft.AspNetCore.Mvc.ViewFeatures
        {
            public class ViewDataDictionary { public object? this[string key] { get => null; set { } } }
        }

        namespace Microsoft.AspNetCore.Http
        {
            public static class TypedResults { public static object Ok<T>(T value) => new(); }
        }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }

            public static class LoggerExtensions
            {
                public static void LogInformation(this ILogger logger, string? text, params object?[] args) { }
            }
        }

        namespace Xunit
        {
            public static class Assert
            {
                public static void NotNull(object? value) { }
                public static void Null(object? value) { }
                public static T IsType<T>(object? value) => default!;
            }
        }

        namespace Microsoft.VisualStudio.TestTools.UnitTesting
        {
            public static class Assert { public static void AreEqual(object? expected, object? actual) { } }
        }

        namespace FluentAssertions
        {
            public static class AssertionExtensions
            {
                public static Primitives.ObjectAssertions<object, object> Should(this object? value) => new();
            }
        }

        namespace FluentAssertions.Primitives
        {
            public class ReferenceTypeAssertions<TSubject, TAssertions>
            {
                public void NotBeNull(string because = "", params object[] becauseArgs) { }
                public void BeSameAs(object? other) { }
                public void BeOfType<T>() { }
            }

            public class ObjectAssertions<TSubject, TAssertions> : ReferenceTypeAssertions<TSubject, TAssertions>
            {
                public void Be(object? other) { }
            }
        }

        namespace Moq
        {
            public class Mock<T>
            {
                public void Setup<TResult>(System.Linq.Expressions.Expression<Func<T, TResult>> call) { }
                public void Returns(object? value) { }
            }
        }
        """;

    private static readonly Code WithLibraries = Code.Default with { Sources = [("/0/Libraries.cs", Libraries)] };

    [Theory]
    [InlineData("Console.WriteLine($\"{[|store.FindAsync(1)|]}\");")]
    [InlineData("Console.WriteLine($\"{[|store.FindAsync(1)|],10}\");")]
    [InlineData("Console.WriteLine($\"{([|store.FindAsync(1)|])}\");")]
    [InlineData("Console.WriteLine($\"{[|store.CountAsync()|]:N0}\");")]
    [InlineData("Console.WriteLine($\"{[|store.SaveAsync()|]}\");")]
    [InlineData("Console.WriteLine($\"{[|store.FindAsync(1)|].ConfigureAwait(false)}\");")]
    [InlineData("Console.WriteLine($\"{[|store?.FindAsync(1)|]}\");")]
    [InlineData("Console.WriteLine($\"{(flag ? [|store.FindAsync(1)|] : [|store.FindAsync(2)|])}\");")]
    [InlineData("Console.WriteLine(\"a\" + [|store.FindAsync(1)|] + \"b\");")]
    [InlineData("var text = \"\"; text += [|store.FindAsync(1)|];")]
    [InlineData("Console.WriteLine([|store.FindAsync(1)|]);")]
    [InlineData("Console.WriteLine(\"{0}\", [|store.FindAsync(1)|]);")]
    [InlineData("Console.WriteLine(\"{0} {1} {2} {3}\", 1, 2, 3, [|store.FindAsync(1)|]);")]
    [InlineData("Console.Error.WriteLine([|store.FindAsync(1)|]);")]
    [InlineData("var text = string.Format(\"{0}\", [|store.FindAsync(1)|]);")]
    [InlineData("var text = string.Format(\"{0}\", new object[] { [|store.FindAsync(1)|] });")]
    [InlineData("var text = string.Join(\", \", 1, [|store.FindAsync(1)|]);")]
    [InlineData("var text = string.Concat(1, [|store.FindAsync(1)|]);")]
    [InlineData("var text = new StringBuilder().Append([|store.FindAsync(1)|]).Append(1);")]
    [InlineData("var text = new StringBuilder().Append($\"a {[|store.FindAsync(1)|]}\");")]
    [InlineData("var text = [|store.FindAsync(1)|].ToString();")]
    [InlineData("var text = [|store.CountAsync()|].ToString();")]
    [InlineData("var text = [|store.FindAsync(1)|]?.ToString();")]
    [InlineData("[|store.FindAsync(1)|].ToString();")]
    [InlineData("System.Diagnostics.Debug.WriteLine([|store.FindAsync(1)|]);")]
    [InlineData("throw new InvalidOperationException($\"no {[|store.FindAsync(1)|]}\");")]
    [InlineData("Console.WriteLine(new { A = [|store.FindAsync(1)|] });")]
    [InlineData("Console.WriteLine($\"{[|Task.Run(() => 1)|]}\");")]
    [InlineData("Console.WriteLine($\"{[|store.FindAsync(1).ContinueWith(t => t.Result)|]}\");")]
    [InlineData("Console.WriteLine($\"{[|load()|]}\");")]
    [InlineData("Console.WriteLine($\"{[|store.ReadAsync()|]}\");")]
    [InlineData("Console.WriteLine(flag switch { true => [|store.FindAsync(1)|], _ => null });")]
    public Task Reports_a_task_that_becomes_text(string statement) => Reports(Sync(statement));

    [Theory]
    [InlineData("var task = store.FindAsync(1); Console.WriteLine($\"{[|task|]}\");")]
    [InlineData("var task = store.FindAsync(1); Console.WriteLine([|task|].ToString());")]
    [InlineData("var task = store.FindAsync(1).ConfigureAwait(false); Console.WriteLine([|task|]);")]
    [InlineData("var task = flag ? store.FindAsync(1) : store.FindAsync(2); Console.WriteLine(\"a\" + [|task|]);")]
    public Task Reports_a_local_that_keeps_a_started_task(string statement) => Reports(Sync(statement));

    [Theory]
    [InlineData("Ok([|store.FindAsync(1)|]);")]
    [InlineData("StatusCode(200, [|store.FindAsync(1)|]);")]
    [InlineData("Json([|store.FindAsync(1)|]);")]
    [InlineData("View([|store.FindAsync(1)|]);")]
    [InlineData("Ok(flag ? [|store.FindAsync(1)|] : \"none\");")]
    [InlineData("Ok((object?)null ?? [|store.FindAsync(1)|]);")]
    [InlineData("Ok(new { User = [|store.FindAsync(1)|] });")]
    [InlineData("Ok(new { Deep = new { User = [|store.FindAsync(1)|] } });")]
    [InlineData("Ok(new Answer { Data = [|store.FindAsync(1)|] });")]
    [InlineData("Ok(new Answer([|store.FindAsync(1)|]));")]
    [InlineData("Ok(new Dictionary<string, object> { [\"user\"] = [|store.FindAsync(1)|] });")]
    [InlineData("Ok(new Dictionary<string, object> { { \"user\", [|store.FindAsync(1)|] } });")]
    [InlineData("Ok(new List<object> { [|store.FindAsync(1)|] });")]
    [InlineData("ViewData[\"user\"] = [|store.FindAsync(1)|];")]
    [InlineData("var user = store.FindAsync(1); Ok([|user|]);")]
    [InlineData("_ = new Microsoft.AspNetCore.Mvc.OkObjectResult([|store.FindAsync(1)|]);")]
    [InlineData("Microsoft.AspNetCore.Http.TypedResults.Ok([|store.FindAsync(1)|]);")]
    [InlineData("logger.LogInformation(\"{User}\", [|store.FindAsync(1)|]);")]
    [InlineData("logger.LogInformation(\"{A} {B}\", 1, [|store.SaveAsync()|]);")]
    [InlineData("var json = System.Text.Json.JsonSerializer.Serialize([|store.FindAsync(1)|]);")]
    [InlineData("var number = Convert.ToInt32([|store.CountAsync()|]);")]
    public Task Reports_a_task_that_is_answered_logged_or_serialized(string statement) =>
        Reports(InController(statement), WithLibraries);

    [Theory]
    [InlineData("if ([|store.FindAsync(1)|] == null) { }")]
    [InlineData("if (null != [|store.FindAsync(1)|]) { }")]
    [InlineData("if ([|store.FindAsync(1)|] is null) { }")]
    [InlineData("if ([|store.FindAsync(1)|] is not null) { }")]
    [InlineData("if ([|store.Find(1)|] is not null) { }")]
    [InlineData("if ([|store.FindAsync(1)|] == something) { }")]
    [InlineData("if ([|store.FindAsync(1)|].Equals(something)) { }")]
    [InlineData("if ([|store.CountAsync()|].Equals(5)) { }")]
    [InlineData("if (5.Equals([|store.CountAsync()|])) { }")]
    [InlineData("if (Equals(\"Ada\", [|store.FindAsync(1)|])) { }")]
    [InlineData("if ([|Task.WhenAny((Task)given, other)|] == (Task)given) { }")]
    [InlineData("ArgumentNullException.ThrowIfNull([|store.FindAsync(1)|]);")]
    [InlineData("Xunit.Assert.NotNull([|store.FindAsync(1)|]);")]
    [InlineData("Xunit.Assert.Null([|store.FindAsync(1)|].ConfigureAwait(false));")]
    [InlineData("Microsoft.VisualStudio.TestTools.UnitTesting.Assert.AreEqual(5, [|store.CountAsync()|]);")]
    [InlineData("[|store.FindAsync(1)|].Should().NotBeNull();")]
    [InlineData("[|store.FindAsync(1)|].Should().Be(\"Ada\");")]
    public Task Reports_a_task_that_is_compared_or_checked(string statement) =>
        Reports(InController(statement), WithLibraries);

    [Theory]
    [InlineData("async Task<object> M(IStore store) { await Task.Yield(); return [|store.FindAsync(1)|]; }")]
    [InlineData("async Task<object> M(IStore store) => await store.CountAsync() > 1 ? 1 : [|store.FindAsync(1)|];")]
    [InlineData("Func<Task<object>> M(IStore s) => async () => { await Task.Yield(); return [|s.FindAsync(1)|]; };")]
    [InlineData("async IAsyncEnumerable<object> M(IStore s) { await s.SaveAsync(); yield return [|s.FindAsync(1)|]; }")]
    public Task Reports_a_task_that_async_code_gives_as_an_object(string member) => Reports(Member(member));

    [Theory]
    [InlineData(
        "Console.WriteLine($\"{[|store.FindAsync(1)|]}\");",
        "'FindAsync' is used without being awaited: the text gets the name of the task's type; await it")]
    [InlineData(
        "Console.WriteLine($\"{[|store.ReadAsync()|]}\");",
        "'ReadAsync' is used without being awaited: the text gets the name of the stream's type; enumerate it")]
    [InlineData(
        "if ([|store.FindAsync(1)|] == null) { }",
        "'FindAsync' is used without being awaited: the task is never null, whatever its result; await it")]
    [InlineData(
        "if ([|store.FindAsync(1)|].Equals(\"Ada\")) { }",
        "'FindAsync' is used without being awaited: the task is compared, not its result; await it")]
    [InlineData(
        "Ok([|store.FindAsync(1)|]);",
        "'FindAsync' is used without being awaited: 'Ok' gets the task, not its result; await it")]
    [InlineData(
        "ViewData[\"a\"] = [|store.FindAsync(1)|];",
        "'FindAsync' is used without being awaited: 'ViewDataDictionary' gets the task, not its result; await it")]
    [InlineData(
        "_ = new Microsoft.AspNetCore.Mvc.OkObjectResult([|store.FindAsync(1)|]);",
        "'FindAsync' is used without being awaited: 'OkObjectResult' gets the task, not its result; await it")]
    [InlineData(
        "var task = store.FindAsync(1); Console.WriteLine([|task|]);",
        "'task' is used without being awaited: the text gets the name of the task's type; await it")]
    [InlineData(
        "void Local() => Ok([|store.FindAsync(1)|]);",
        "'FindAsync' is used without being awaited: 'Ok' gets the task, not its result; "
        + "make the function async and await it")]
    public Task Says_what_happens_instead(string statement, string message) =>
        Reports(InController(statement, "async Task"), message, WithLibraries);

    [Fact]
    public Task Says_who_gets_the_task_of_an_async_function() =>
        Reports(
            Member("async Task<object> M(IStore store) { await Task.Yield(); return [|store.FindAsync(1)|]; }"),
            "'FindAsync' is used without being awaited: the caller gets the task, not its result; await it");

    [Theory]
    [InlineData("Console.WriteLine($\"{await store.FindAsync(1)}\");")]
    [InlineData("Console.WriteLine($\"{store.FindAsync(1).Id} {store.FindAsync(1).Status}\");")]
    [InlineData("Console.WriteLine(store.FindAsync(1).IsCompleted);")]
    [InlineData("Console.WriteLine(store.FindAsync(1).GetType());")]
    [InlineData("Console.WriteLine(nameof(store.FindAsync));")]
    [InlineData("Console.WriteLine((object)store.FindAsync(1));")]
    [InlineData("Console.WriteLine(store.FindAsync(1) as object);")]
    [InlineData("Console.WriteLine($\"{given}\");")]
    [InlineData("Console.WriteLine($\"{Task.CompletedTask} {Task.FromResult(1)} {Task.Delay(1)}\");")]
    [InlineData("var pause = Task.Delay(1); Console.WriteLine(pause);")]
    [InlineData("foreach (var task in new[] { given }) Console.WriteLine(task);")]
    [InlineData("Console.WriteLine($\"{new Owned()} {OwnAsync()}\"); Owned OwnAsync() => new();")]
    public Task Ignores_what_is_no_task_started_here(string statement) => Ignores(Async(statement));

    [Theory]
    [InlineData("if (store.FindAsync(1) == given) { }")]
    [InlineData("if (await Task.WhenAny(given, other) == other) { }")]
    [InlineData("if (Task.WhenAny(given, other) == Task.WhenAny(other, given)) { }")]
    [InlineData("if (ReferenceEquals(store.FindAsync(1), something)) { }")]
    [InlineData("if (given == null || given is null) { }")]
    [InlineData("var task = store.FindAsync(1); if (task == null || task is null) { } await task!;")]
    [InlineData("System.Diagnostics.Debug.Assert(given != null);")]
    [InlineData("if (store.MaybeAsync() == null) { }")]
    [InlineData("if (store.GetRunningTask() == null) { }")]
    [InlineData("if (store.Lookup() == null) { }")]
    [InlineData("if (store.SaveAsync() == null) { }")]
    [InlineData("if (new Dictionary<int, Task<int>>().GetValueOrDefault(1) == null) { }")]
    [InlineData("if (Interlocked.Exchange(ref field, null) == null) { }")]
    [InlineData("if (Volatile.Read(ref field) is null) { }")]
    [InlineData("field ??= store.FindAsync(1); await (store.FindAsync(1) ?? throw new InvalidOperationException());")]
    [InlineData("if (something is Task) { }")]
    [InlineData("if (store.FindAsync(1) is { IsCompletedSuccessfully: true }) { }")]
    [InlineData("if (store.FindAsync(1) is { } task) await task;")]
    [InlineData("if (store.FindAsync(1).Equals(given)) { }")]
    [InlineData("Xunit.Assert.NotNull(store.SaveAsync());")]
    [InlineData("Xunit.Assert.NotNull(given);")]
    [InlineData("var task = store.FindAsync(1); Xunit.Assert.NotNull(task); await task;")]
    [InlineData("Xunit.Assert.IsType<Task<string>>(store.FindAsync(1));")]
    [InlineData("Microsoft.VisualStudio.TestTools.UnitTesting.Assert.AreEqual(given, store.FindAsync(1));")]
    [InlineData("store.FindAsync(1).Should().BeSameAs(given);")]
    [InlineData("store.FindAsync(1).Should().BeOfType<Task<string>>();")]
    [InlineData("store.FindAsync(1).Should().Be(given);")]
    public Task Ignores_questions_about_the_task_itself(string statement) =>
        Ignores(InController(statement, "async Task"), WithLibraries);

    [Theory]
    [InlineData("Use(store.FindAsync(1));")]
    [InlineData("object kept = store.FindAsync(1);")]
    [InlineData("var list = new List<object> { store.FindAsync(1) };")]
    [InlineData("var map = new Dictionary<string, object> { [\"a\"] = store.FindAsync(1) };")]
    [InlineData("var pairs = new[] { 1, 2 }.Select(n => new { n, Task = store.FindAsync(n) }).ToList();")]
    [InlineData("Func<IServiceProvider, object> factory = _ => store.FindAsync(1);")]
    [InlineData("GC.KeepAlive(store.FindAsync(1));")]
    [InlineData("new Moq.Mock<IStore>().Returns(store.FindAsync(1));")]
    [InlineData("new Moq.Mock<IStore>().Setup(s => $\"{s.FindAsync(1)}\");")]
    [InlineData("var rows = new object[] { Task.FromResult(1), store.FindAsync(1) };")]
    [InlineData("new ConditionalWeakTable<object, object>().Add(store.FindAsync(1), something);")]
    [InlineData("Task.Factory.StartNew(_ => { }, store.FindAsync(1));")]
    [InlineData("Console.WriteLine(new Answer { Data = store.FindAsync(1) });")]
    [InlineData("View(new Page { User = store.FindAsync(1) });")]
    [InlineData("Ok();")]
    [InlineData("Ok(store.ReadAsync());")]
    [InlineData("Ok(given);")]
    [InlineData("dynamic anything = store.FindAsync(1); Ok(anything);")]
    public Task Ignores_those_who_take_tasks(string statement) =>
        Ignores(InController(statement, "async Task"), WithLibraries);

    [Theory]
    [InlineData("object M(IStore store) => store.FindAsync(1);")]
    [InlineData("Func<object> M(IStore store) => () => store.FindAsync(1);")]
    [InlineData("IEnumerable<object> M(IStore store) { yield return store.FindAsync(1); }")]
    [InlineData("async Task<object> M(IStore store) { await Task.Yield(); return (object)store.FindAsync(1); }")]
    [InlineData("async Task<dynamic> M(IStore store) { await Task.Yield(); return store.FindAsync(1); }")]
    [InlineData("async Task<Task> M(IStore store) { await Task.Yield(); return store.FindAsync(1); }")]
    public Task Ignores_a_task_that_is_given_away(string member) => Ignores(Member(member));

    private static string Sync(string statement) => Member($"void M(IStore store) {{ {statement} }}");

    private static string Async(string statement) => Member($"async Task M(IStore store) {{ {statement} }}");

    private static string Member(string member) => $$"""
        using System.Text;

        class C
        {
            private readonly Task given = Task.CompletedTask;
            private readonly Task other = Task.CompletedTask;
            private readonly Func<Task<int>> load = () => Task.FromResult(1);
            private bool flag;

            {{member}}
        }

        {{Store}}
        """;

    private static string InController(string statement, string returns = "void") => $$"""
        using System.Runtime.CompilerServices;
        using FluentAssertions;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Logging;

        class C : Controller
        {
            private readonly Task<string> given = Task.FromResult("");
            private readonly Task<string> other = Task.FromResult("");
            private readonly object something = new();
            private Task<string>? field;
            private bool flag;

            {{returns}} M(IStore store, ILogger logger)
            {
                {{statement}}
            }

            void Use(object value) { }
        }

        class Answer
        {
            public Answer(object? data = null) { }
            public object? Data { get; set; }
        }

        class Page
        {
            public Task<string>? User { get; set; }
        }

        {{Store}}
        """;

    private const string Store = """
        interface IStore
        {
            Task<string> FindAsync(int id);
            Task<string> Find(int id);
            Task<string>? MaybeAsync();
            Task<string> GetRunningTask();
        #nullable disable
            Task<string> Lookup();
        #nullable restore
            ValueTask<int> CountAsync();
            Task SaveAsync();
            IAsyncEnumerable<int> ReadAsync();
        }

        class Owned : Task
        {
            public Owned() : base(() => { }) { }
            public override string ToString() => "mine";
        }
        """;
}
