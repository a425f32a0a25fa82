using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Hosts.CSharp13;

public class BlockingTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    [Fact]
    public Task Ignores_results_after_WhenAll_of_a_params_span() => Ignores(
        """
        class Shop
        {
            async Task<int> M()
            {
                var a = LoadAsync();
                var b = LoadAsync();
                await Task.WhenAll(a, b);
                return a.Result + b.Result;
            }

            Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        NewerCode.CSharp13);

    [Fact]
    public Task Ignores_results_after_WhenAll_of_a_collection_expression() => Ignores(
        """
        class Shop
        {
            async Task<int> M(int[] ids)
            {
                Task<int>[] tasks = [LoadAsync(), .. ids.Select(_ => LoadAsync())];
                await Task.WhenAll([.. tasks]);
                return tasks[0].Result + tasks.Sum(task => task.Result);
            }

            Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        NewerCode.CSharp13);

    [Fact]
    public Task Ignores_a_wait_for_complete_tasks() => Ignores(
        """
        class Shop
        {
            async Task M()
            {
                var a = LoadAsync();
                var b = LoadAsync();
                await a;
                await b;
                Task.WaitAll(a, b);
                Task.WaitAll([a, b]);
            }

            Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        NewerCode.CSharp13);

    [Fact]
    public Task Reports_a_result_after_a_race_of_a_params_span() => Reports(
        """
        class Shop
        {
            async Task<int> M()
            {
                var a = LoadAsync();
                var b = LoadAsync();
                await Task.WhenAny(a, b);
                return [|a.Result|];
            }

            Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        NewerCode.CSharp13);

    [Fact]
    public Task Awaits_instead_where_all_of_a_params_span_are_waited_for() => Fixes(
        """
        class Shop
        {
            async Task M()
            {
                var a = LoadAsync();
                var b = LoadAsync();
                [|Task.WaitAll(a, b)|];
            }

            Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        """
        class Shop
        {
            async Task M()
            {
                var a = LoadAsync();
                var b = LoadAsync();
                await Task.WhenAll(a, b);
            }

            Task<int> LoadAsync() => Task.FromResult(1);
        }
        """,
        code: NewerCode.CSharp13);

    [Fact]
    public Task Awaits_instead_in_a_collection_expression() => Fixes(
        """
        class Shop
        {
            async Task<int[]> M() => [[|LoadAsync().Result|], .. [|MoreAsync().Result|]];
            Task<int> LoadAsync() => Task.FromResult(1);
            Task<int[]> MoreAsync() => Task.FromResult<int[]>([]);
        }
        """,
        """
        class Shop
        {
            async Task<int[]> M() => [await LoadAsync(), .. await MoreAsync()];
            Task<int> LoadAsync() => Task.FromResult(1);
            Task<int[]> MoreAsync() => Task.FromResult<int[]>([]);
        }
        """,
        code: NewerCode.CSharp12);

    [Fact]
    public Task Never_awaits_while_a_Lock_is_held() => OffersNoFix(
        """
        class Shop
        {
            readonly Lock _gate = new();

            async Task M()
            {
                await Task.Yield();
                lock (_gate)
                {
                    [|LoadAsync().Wait()|];
                }

                using (_gate.EnterScope())
                {
                    [|LoadAsync().Wait()|];
                }

                _gate.Enter();
                try
                {
                    [|LoadAsync().Wait()|];
                }
                finally
                {
                    _gate.Exit();
                }
            }

            Task LoadAsync() => Task.CompletedTask;
        }
        """,
        code: NewerCode.CSharp13);

    [Fact]
    public Task Awaits_after_a_Lock_is_given_back() => Fixes(
        """
        class Shop
        {
            readonly Lock _gate = new();
            int _count;

            async Task M()
            {
                using (_gate.EnterScope())
                {
                    _count++;
                }

                [|LoadAsync().Wait()|];
            }

            Task LoadAsync() => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            readonly Lock _gate = new();
            int _count;

            async Task M()
            {
                using (_gate.EnterScope())
                {
                    _count++;
                }

                await LoadAsync();
            }

            Task LoadAsync() => Task.CompletedTask;
        }
        """,
        code: NewerCode.CSharp13);

    [Fact]
    public Task Offers_nothing_in_the_initializer_of_a_primary_constructor() => Ignores(
        """
        class Shop(Task<int> loading)
        {
            readonly int _order = loading.Result;

            public int Order => _order;
        }
        """,
        NewerCode.CSharp12);
}
