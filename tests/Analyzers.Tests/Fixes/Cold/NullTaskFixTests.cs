using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cold;

/// <summary>A complete task in place of null, in surroundings that a hasty rewrite breaks.</summary>
public sealed class NullTaskFixTests : RuleTests<NullTaskAnalyzer, NullTaskFix>
{
    [Theory]
    [InlineData(
        "Task SaveAsync(bool b) => b switch { true => [|null|], _ => Task.Delay(1) };",
        "Task SaveAsync(bool b) => b switch { true => Task.CompletedTask, _ => Task.Delay(1) };")]
    [InlineData("Task SaveAsync() => ([|null|]);", "Task SaveAsync() => (Task.CompletedTask);")]
    [InlineData("Task SaveAsync() => (Task)[|null|];", "Task SaveAsync() => (Task)Task.CompletedTask;")]
    [InlineData(
        "Task SaveAsync(Task t) => t ?? [|null|];", "Task SaveAsync(Task t) => t ?? Task.CompletedTask;")]
    [InlineData(
        "Task<int> LoadAsync() => [|default(Task<int>)|];", "Task<int> LoadAsync() => Task.FromResult(0);")]
    [InlineData(
        "Task<int[]> LoadAsync() => [|null|];", "Task<int[]> LoadAsync() => Task.FromResult<int[]>(null);")]
    [InlineData(
        "Task<dynamic> LoadAsync() => [|null|];", "Task<dynamic> LoadAsync() => Task.FromResult<dynamic>(null);")]
    [InlineData(
        "Task<T> LoadAsync<T>() where T : class => [|null|];",
        "Task<T> LoadAsync<T>() where T : class => Task.FromResult<T>(null);")]
    [InlineData(
        "Task<T> LoadAsync<T>() where T : struct => [|null|];",
        "Task<T> LoadAsync<T>() where T : struct => Task.FromResult(default(T));")]
    [InlineData(
        "Task<(int a, string b)> LoadAsync() => [|null|];",
        "Task<(int a, string b)> LoadAsync() => Task.FromResult(default((int a, string b)));")]
    public Task Gives_a_complete_task(string before, string after) => Fixes(Member(before), Member(after));

    [Theory]
    [InlineData(
        "object M() { Func<Task> f = () => [|null|]; return f; }",
        "object M() { Func<Task> f = () => Task.CompletedTask; return f; }")]
    [InlineData(
        "object M() { Func<Task<int>> f = delegate { return [|null|]; }; return f; }",
        "object M() { Func<Task<int>> f = delegate { return Task.FromResult(0); }; return f; }")]
    [InlineData(
        "object M() { return L(); Task L() { return [|null|]; } }",
        "object M() { return L(); Task L() { return Task.CompletedTask; } }")]
    [InlineData(
        "readonly Func<Task> _f = () => [|null|];", "readonly Func<Task> _f = () => Task.CompletedTask;")]
    [InlineData("Task IFlush.Flush() => [|null|];", "Task IFlush.Flush() => Task.CompletedTask;")]
    [InlineData(
        "public override Task Stop() { return [|null|]; }",
        "public override Task Stop() { return Task.CompletedTask; }")]
    [InlineData(
        "Task SaveAsync(bool b) { lock (this) { if (b) { return [|null|]; } return Task.Delay(1); } }",
        "Task SaveAsync(bool b) { lock (this) { if (b) { return Task.CompletedTask; } return Task.Delay(1); } }")]
    [InlineData(
        "Task SaveAsync(ref int i, out int o, in int n) { o = i + n; return [|null|]; }",
        "Task SaveAsync(ref int i, out int o, in int n) { o = i + n; return Task.CompletedTask; }")]
    [InlineData(
        "unsafe Task SaveAsync(int* p) { *p = 1; return [|null|]; }",
        "unsafe Task SaveAsync(int* p) { *p = 1; return Task.CompletedTask; }")]
    [InlineData(
        "Task SaveAsync(Span<int> s) { s[0] = 1; return [|null|]; }",
        "Task SaveAsync(Span<int> s) { s[0] = 1; return Task.CompletedTask; }")]
    [InlineData(
        "static Task Main(string[] args) { return [|null|]; }",
        "static Task Main(string[] args) { return Task.CompletedTask; }")]
    public Task Gives_it_in_every_member(string before, string after) => Fixes(Member(before), Member(after));

    [Fact]
    public Task Keeps_comments_and_directives() => Fixes(
        Member(
            """
            Task SaveAsync(string s)
                {
                    if (s.Length == 0)
                    {
                        // nothing to do
                        return /* none */ [|null|]; // done
                    }
            #if true
                    return [|null|];
            #else
                    return null;
            #endif
                }
            """),
        Member(
            """
            Task SaveAsync(string s)
                {
                    if (s.Length == 0)
                    {
                        // nothing to do
                        return /* none */ Task.CompletedTask; // done
                    }
            #if true
                    return Task.CompletedTask;
            #else
                    return null;
            #endif
                }
            """));

    [Fact]
    public Task Writes_the_oldest_language_and_framework() => Fixes(
        "class C { System.Threading.Tasks.Task SaveAsync() { return [|default|]; } "
        + "System.Threading.Tasks.Task<string> LoadAsync() { return [|null|]; } }",
        "class C { System.Threading.Tasks.Task SaveAsync() { return System.Threading.Tasks.Task.CompletedTask; } "
        + "System.Threading.Tasks.Task<string> LoadAsync() "
        + "{ return System.Threading.Tasks.Task.FromResult<string>(null); } }",
        code: Code.Framework);

    private static string Member(string member) =>
        $$"""
        #nullable disable
        interface IFlush { Task Flush(); }
        abstract class Base { public virtual Task Stop() => Task.CompletedTask; }

        class C : Base{{(member.Contains("IFlush.") ? ", IFlush" : "")}}
        {
            {{member}}
        }
        """;
}
