using System.Collections.Generic;
using System.Linq;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Code that no analyzer expects: broken, self-referencing, or with another idea of what a task is.</summary>
internal static class HostileCode
{
    // As deep as the compiler itself goes in a moment: it binds a lambda once per overload, so three in each other are
    // many already.
    private const int Deep = 100;

    /// <summary>The specimens by name; each is compiled with the framework, without it, and without anything.</summary>
    public static IReadOnlyDictionary<string, string> ByName { get; } = new Dictionary<string, string>
    {
        ["nothing"] = "",
        ["white space"] = "\n\n   \n",
        ["only a comment"] = "// nothing here",
        ["only a directive"] = "#if NEVER\nclass A { }\n",
        ["unfinished calls"] = """
            using System.Threading.Tasks;
            class A
            {
                async Task M() { DoAsync( ; _ = DoAsync(1, ; await ; foreach (var x in ) DoAsync(x); while () _ = }
                Task DoAsync(int x) => Task.
            """,
        ["unfinished types"] = "class A : { void M( { async Task } } } class class struct interface",
        ["unknown types"] = """
            class A
            {
                async Missing<int> M(Unknown u) { u.DoAsync(); _ = u.DoAsync(); foreach (var x in u) _ = F(x); }
                Absent F(Nowhere x) => x.Result.Wait().GetAwaiter().GetResult();
            }
            """,
        ["wrong arguments"] = """
            using System.Threading.Tasks;
            class A
            {
                async Task M()
                {
                    M(1, 2, 3);
                    _ = M(x: 1);
                    M().Wait("a", "b");
                    Task.Run();
                    _ = Task.Run(1);
                    Task.WhenAll();
                    M().Result.Result.Result();
                    M().GetAwaiter(1).GetResult(2);
                    await foreach (var x in M()) { }
                    _ = new Task(() => ), M();
                }
            }
            """,
        ["top-level program"] = """
            using System.Threading.Tasks;
            DoAsync();
            _ = DoAsync();
            foreach (var x in new[] { 1, 2 }) _ = DoAsync();
            DoAsync().Wait();
            await DoAsync();
            async Task DoAsync() => await Task.Yield();
            """,
        ["statements after a type"] = "using System; await Task.Delay(1); class A { } _ = F(); F().Wait();",
        ["self-referencing types"] = """
            using System.Collections.Generic;
            using System.Threading.Tasks;
            class A : A { Task M() { M(); _ = M(); return M(); } }
            interface I : I { I GetAwaiter(); }
            class B<T> : C<B<T>> where T : B<T> { B<T> M() { M(); return M(); } }
            class C<T> : B<C<T>> where T : C<T> { }
            class D : List<D>, IAsyncEnumerable<D> { D GetAwaiter() => this; async D M() { M(); await M(); } }
            struct S { S s; S GetAwaiter() => this; async Task F() { F(); await this; } }
            class E<T> where T : T { async Task M(T t) { await t; _ = M(t); M(t).Wait(); } }
            """,
        ["a task of one's own"] = """
            namespace System.Threading.Tasks
            {
                public class Task { public static Task Run(object o) => null; public void Wait() { } }
                public class Task<T> : Task { public T Result => default; }
                public class Task<T, U> : Task<T> { }
            }
            class A
            {
                System.Threading.Tasks.Task M() { M(); _ = M(); M().Wait(); return null; }
                async System.Threading.Tasks.Task N() { N(); foreach (var x in new int[3]) _ = N(); }
            }
            """,
        ["a task that is an interface"] = """
            namespace System.Threading.Tasks { public interface Task { } public enum ValueTask { } }
            class A { System.Threading.Tasks.Task M() { M(); return null; } }
            """,
        ["a runtime of one's own"] = """
            namespace ScopedTasks
            {
                public static class TaskGroup { }
                public class Coroutine<T> { }
                public interface BackgroundTasks { }
                public enum TaskGroupOptions { Supervise }
            }
            class A { async System.Threading.Tasks.Task M() { M(); _ = M(); foreach (var x in new[] { 1 }) _ = M(); } }
            """,
        ["names twice"] = """
            using System.Threading.Tasks;
            partial class A { Task M() => null; Task M() => null; void N() { M(); _ = M(); M().Wait(); } }
            class A { int M; async void N() { M(); } }
            """,
        ["awaits where none can be"] = """
            using System; using System.Threading.Tasks; using System.Linq.Expressions;
            [Obsolete(nameof(A.M))]
            unsafe class A
            {
                const string Name = nameof(M);
                Task _field = M();
                Task Property => M();
                static Task M() { lock (M()) { M(); _ = M(); M().Wait(); } return null; }
                Expression<Func<object>> F() => () => M().Result;
                int this[int i] { get { M(); return M().Id; } set => M().Wait(); }
                ~A() { M(); }
                static A() { _ = M(); }
                public static A operator +(A a, A b) { M().Wait(); return a; }
                void P() { fixed (char* p = "a") { M(); } }
                void Q() { try { } catch when (M().Wait(1)) { M(); } finally { _ = M(); } }
                event Action E { add { M(); } remove { M(); } }
            }
            """,
        ["null and default everywhere"] = """
            using System.Threading.Tasks;
            class A
            {
                async Task M() { default(Task).Wait(); _ = null; _ = default; null.Wait(); default!; }
                void N(Task t = default) { t?.ContinueWith(null); _ = t?.Result; t!.Wait(); (t ?? t).Wait(); }
                void O(Task t) { ((Task)null)?.Wait(); _ = t is { }; _ = t!?.Wait(); (t as Task)!.Wait(); }
            }
            """,
        ["unreachable and endless code"] = """
            using System.Threading.Tasks;
            class A
            {
                async Task M() { return; M(); _ = M(); while (true) { } M(); goto nowhere; M(); here: goto here; M(); }
                async Task N() { for (;;) { for (;;) { foreach (var x in x) { _ = N(); continue; } break; } } }
                async Task O() { switch (1) { case 1: O(); case 2: _ = O(); goto case 3; default: break; } }
            }
            """,
        ["deep nesting"] = $$"""
            using System; using System.Threading.Tasks;
            class A
            {
                async Task M()
                {
                    var x = {{Repeat("(", Deep)}}M(){{Repeat(")", Deep)}};
                    var sum = {{string.Join(" + ", Enumerable.Repeat("M().Id", Deep))}};
                    {{Repeat("foreach (var i in new int[9]) { ", 30)}} _ = M(); {{Repeat(" }", 30)}}
                    {{Repeat("Task.Run(() => { ", 3)}} _ = M(); {{Repeat(" });", 3)}}
                    M(){{Repeat(".ContinueWith(t => 1)", 20)}};
                    M(){{Repeat(".ContinueWith(t => t)", 4)}};
                    _ = {{Repeat("true ? M() : ", Deep)}} M();
                }
            }
            """,
        ["many statements"] = $$"""
            using System.Threading.Tasks;
            class A
            {
                async Task M()
                {
                    {{Repeat("_ = M(); M(); M().Wait(); foreach (var x in new int[9]) _ = M();\n", 50)}}
                }
            }
            """,
        ["generated code"] = """
            // <auto-generated/>
            class A { async System.Threading.Tasks.Task M() { _ = M(); M().Wait(); } }
            """,
        ["strange characters"] = "class \u0410\u200d { void M\ud83d\ude00() { \0 _ = \"\ud800\"; /* } */ \u2028 } }",
    };

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
