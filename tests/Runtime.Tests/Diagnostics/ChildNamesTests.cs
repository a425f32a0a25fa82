using System;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Diagnostics;

/// <summary>What a child without a name is called.</summary>
public sealed class ChildNamesTests
{
    [Fact]
    public void A_method_gives_its_name() => Assert.Equal(nameof(Work), ChildNames.Of((Func<Task>)Work));

    [Fact]
    public void A_lambda_is_called_after_the_method_that_it_is_in() =>
        Assert.Equal(nameof(A_lambda_is_called_after_the_method_that_it_is_in), ChildNames.Of(() => { }));

    [Fact]
    public void A_local_function_gives_its_name()
    {
        Assert.Equal(nameof(Local), ChildNames.Of((Action)Local));
        Assert.Equal(nameof(Local), ChildNames.Of(Lambda()));

        void Local()
        {
        }

        static Delegate Lambda()
        {
            return Local;

            static void Local()
            {
            }
        }
    }

    [Fact]
    public void A_lambda_in_a_local_function_is_called_after_the_method_around_both()
    {
        Assert.Equal(
            nameof(A_lambda_in_a_local_function_is_called_after_the_method_around_both),
            ChildNames.Of(Local()));

        static Action Local() => () => Console.WriteLine();
    }

    [Fact]
    public void A_given_name_wins() => Assert.Equal("<given>b__0", ChildNames.Of("<given>b__0"));

    [Fact]
    public void Nothing_gives_nothing() => Assert.Null(ChildNames.Of(null));

    private static Task Work() => Task.CompletedTask;
}
