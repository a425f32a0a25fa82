using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks;

// Coroutines side by side, and coroutines for tasks.
public abstract partial class Coroutine
{
    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T">The type of their values.</typeparam>
    /// <param name="work">What to run.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> or one of them is null.</exception>
    public static Coroutine<T[]> GatherAsync<T>(IEnumerable<Coroutine<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return GatherAllAsync(work.ToArray());
    }

    /// <summary>
    /// Runs coroutines side by side until one has succeeded; the others are cancelled and waited for.
    /// </summary>
    /// <remarks>
    /// When all fail, the first failure is thrown and the others are reported as unobserved. The value of one that
    /// succeeds after the winner is disposed.
    /// </remarks>
    /// <typeparam name="T">The type of their values.</typeparam>
    /// <param name="contenders">What to run.</param>
    /// <returns>The value of the winner.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="contenders"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Coroutine<T> RaceAsync<T>(params Coroutine<T>[] contenders)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        if (contenders.Length == 0)
            throw new ArgumentException("A race needs a contender.", nameof(contenders));
        return new CoroutineRace<T>().RunAsync([.. contenders]);
    }

    /// <summary>Hands the coroutine to code on any thread: it runs on the loop.</summary>
    /// <param name="loop">Where it runs.</param>
    /// <returns>Ends as the coroutine does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loop"/> is null.</exception>
    public Task AsTask(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        return loop.InvokeAsync(() => this);
    }

    private static async Coroutine<T[]> GatherAllAsync<T>(Coroutine<T>[] work)
    {
        var children = new ChildTask<T>[work.Length];
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                for (var index = 0; index < work.Length; index++)
                    children[index] = group.Run(work[index]);
            },
            TaskGroupOptions.Default);
        return Array.ConvertAll(children, static child => child.Result);
    }

    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T1">The type of a value.</typeparam>
    /// <typeparam name="T2">The type of a value.</typeparam>
    /// <param name="a">One of them.</param>
    /// <param name="b">One of them.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public static async Coroutine<(T1, T2)> GatherAsync<T1, T2>(
        Coroutine<T1> a,
        Coroutine<T2> b)
    {
        ChildTask<T1>? childA = null;
        ChildTask<T2>? childB = null;
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                childA = group.Run(a);
                childB = group.Run(b);
            },
            TaskGroupOptions.Default);
        return (
            childA!.Result,
            childB!.Result);
    }

    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T1">The type of a value.</typeparam>
    /// <typeparam name="T2">The type of a value.</typeparam>
    /// <typeparam name="T3">The type of a value.</typeparam>
    /// <param name="a">One of them.</param>
    /// <param name="b">One of them.</param>
    /// <param name="c">One of them.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    public static async Coroutine<(T1, T2, T3)> GatherAsync<T1, T2, T3>(
        Coroutine<T1> a,
        Coroutine<T2> b,
        Coroutine<T3> c)
    {
        ChildTask<T1>? childA = null;
        ChildTask<T2>? childB = null;
        ChildTask<T3>? childC = null;
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                childA = group.Run(a);
                childB = group.Run(b);
                childC = group.Run(c);
            },
            TaskGroupOptions.Default);
        return (
            childA!.Result,
            childB!.Result,
            childC!.Result);
    }

    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T1">The type of a value.</typeparam>
    /// <typeparam name="T2">The type of a value.</typeparam>
    /// <typeparam name="T3">The type of a value.</typeparam>
    /// <typeparam name="T4">The type of a value.</typeparam>
    /// <param name="a">One of them.</param>
    /// <param name="b">One of them.</param>
    /// <param name="c">One of them.</param>
    /// <param name="d">One of them.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    public static async Coroutine<(T1, T2, T3, T4)> GatherAsync<T1, T2, T3, T4>(
        Coroutine<T1> a,
        Coroutine<T2> b,
        Coroutine<T3> c,
        Coroutine<T4> d)
    {
        ChildTask<T1>? childA = null;
        ChildTask<T2>? childB = null;
        ChildTask<T3>? childC = null;
        ChildTask<T4>? childD = null;
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                childA = group.Run(a);
                childB = group.Run(b);
                childC = group.Run(c);
                childD = group.Run(d);
            },
            TaskGroupOptions.Default);
        return (
            childA!.Result,
            childB!.Result,
            childC!.Result,
            childD!.Result);
    }

    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T1">The type of a value.</typeparam>
    /// <typeparam name="T2">The type of a value.</typeparam>
    /// <typeparam name="T3">The type of a value.</typeparam>
    /// <typeparam name="T4">The type of a value.</typeparam>
    /// <typeparam name="T5">The type of a value.</typeparam>
    /// <param name="a">One of them.</param>
    /// <param name="b">One of them.</param>
    /// <param name="c">One of them.</param>
    /// <param name="d">One of them.</param>
    /// <param name="e">One of them.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    public static async Coroutine<(T1, T2, T3, T4, T5)> GatherAsync<T1, T2, T3, T4, T5>(
        Coroutine<T1> a,
        Coroutine<T2> b,
        Coroutine<T3> c,
        Coroutine<T4> d,
        Coroutine<T5> e)
    {
        ChildTask<T1>? childA = null;
        ChildTask<T2>? childB = null;
        ChildTask<T3>? childC = null;
        ChildTask<T4>? childD = null;
        ChildTask<T5>? childE = null;
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                childA = group.Run(a);
                childB = group.Run(b);
                childC = group.Run(c);
                childD = group.Run(d);
                childE = group.Run(e);
            },
            TaskGroupOptions.Default);
        return (
            childA!.Result,
            childB!.Result,
            childC!.Result,
            childD!.Result,
            childE!.Result);
    }

    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T1">The type of a value.</typeparam>
    /// <typeparam name="T2">The type of a value.</typeparam>
    /// <typeparam name="T3">The type of a value.</typeparam>
    /// <typeparam name="T4">The type of a value.</typeparam>
    /// <typeparam name="T5">The type of a value.</typeparam>
    /// <typeparam name="T6">The type of a value.</typeparam>
    /// <param name="a">One of them.</param>
    /// <param name="b">One of them.</param>
    /// <param name="c">One of them.</param>
    /// <param name="d">One of them.</param>
    /// <param name="e">One of them.</param>
    /// <param name="f">One of them.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    public static async Coroutine<(T1, T2, T3, T4, T5, T6)> GatherAsync<T1, T2, T3, T4, T5, T6>(
        Coroutine<T1> a,
        Coroutine<T2> b,
        Coroutine<T3> c,
        Coroutine<T4> d,
        Coroutine<T5> e,
        Coroutine<T6> f)
    {
        ChildTask<T1>? childA = null;
        ChildTask<T2>? childB = null;
        ChildTask<T3>? childC = null;
        ChildTask<T4>? childD = null;
        ChildTask<T5>? childE = null;
        ChildTask<T6>? childF = null;
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                childA = group.Run(a);
                childB = group.Run(b);
                childC = group.Run(c);
                childD = group.Run(d);
                childE = group.Run(e);
                childF = group.Run(f);
            },
            TaskGroupOptions.Default);
        return (
            childA!.Result,
            childB!.Result,
            childC!.Result,
            childD!.Result,
            childE!.Result,
            childF!.Result);
    }

    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T1">The type of a value.</typeparam>
    /// <typeparam name="T2">The type of a value.</typeparam>
    /// <typeparam name="T3">The type of a value.</typeparam>
    /// <typeparam name="T4">The type of a value.</typeparam>
    /// <typeparam name="T5">The type of a value.</typeparam>
    /// <typeparam name="T6">The type of a value.</typeparam>
    /// <typeparam name="T7">The type of a value.</typeparam>
    /// <param name="a">One of them.</param>
    /// <param name="b">One of them.</param>
    /// <param name="c">One of them.</param>
    /// <param name="d">One of them.</param>
    /// <param name="e">One of them.</param>
    /// <param name="f">One of them.</param>
    /// <param name="g">One of them.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    public static async Coroutine<(T1, T2, T3, T4, T5, T6, T7)> GatherAsync<T1, T2, T3, T4, T5, T6, T7>(
        Coroutine<T1> a,
        Coroutine<T2> b,
        Coroutine<T3> c,
        Coroutine<T4> d,
        Coroutine<T5> e,
        Coroutine<T6> f,
        Coroutine<T7> g)
    {
        ChildTask<T1>? childA = null;
        ChildTask<T2>? childB = null;
        ChildTask<T3>? childC = null;
        ChildTask<T4>? childD = null;
        ChildTask<T5>? childE = null;
        ChildTask<T6>? childF = null;
        ChildTask<T7>? childG = null;
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                childA = group.Run(a);
                childB = group.Run(b);
                childC = group.Run(c);
                childD = group.Run(d);
                childE = group.Run(e);
                childF = group.Run(f);
                childG = group.Run(g);
            },
            TaskGroupOptions.Default);
        return (
            childA!.Result,
            childB!.Result,
            childC!.Result,
            childD!.Result,
            childE!.Result,
            childF!.Result,
            childG!.Result);
    }

    /// <summary>Runs coroutines side by side; the first failure cancels the others.</summary>
    /// <typeparam name="T1">The type of a value.</typeparam>
    /// <typeparam name="T2">The type of a value.</typeparam>
    /// <typeparam name="T3">The type of a value.</typeparam>
    /// <typeparam name="T4">The type of a value.</typeparam>
    /// <typeparam name="T5">The type of a value.</typeparam>
    /// <typeparam name="T6">The type of a value.</typeparam>
    /// <typeparam name="T7">The type of a value.</typeparam>
    /// <typeparam name="T8">The type of a value.</typeparam>
    /// <param name="a">One of them.</param>
    /// <param name="b">One of them.</param>
    /// <param name="c">One of them.</param>
    /// <param name="d">One of them.</param>
    /// <param name="e">One of them.</param>
    /// <param name="f">One of them.</param>
    /// <param name="g">One of them.</param>
    /// <param name="h">One of them.</param>
    /// <returns>Their values, in the order in which they were given.</returns>
    public static async Coroutine<(T1, T2, T3, T4, T5, T6, T7, T8)> GatherAsync<T1, T2, T3, T4, T5, T6, T7, T8>(
        Coroutine<T1> a,
        Coroutine<T2> b,
        Coroutine<T3> c,
        Coroutine<T4> d,
        Coroutine<T5> e,
        Coroutine<T6> f,
        Coroutine<T7> g,
        Coroutine<T8> h)
    {
        ChildTask<T1>? childA = null;
        ChildTask<T2>? childB = null;
        ChildTask<T3>? childC = null;
        ChildTask<T4>? childD = null;
        ChildTask<T5>? childE = null;
        ChildTask<T6>? childF = null;
        ChildTask<T7>? childG = null;
        ChildTask<T8>? childH = null;
        await CoroutineGroup.RunSpawningAsync(
            group =>
            {
                childA = group.Run(a);
                childB = group.Run(b);
                childC = group.Run(c);
                childD = group.Run(d);
                childE = group.Run(e);
                childF = group.Run(f);
                childG = group.Run(g);
                childH = group.Run(h);
            },
            TaskGroupOptions.Default);
        return (
            childA!.Result,
            childB!.Result,
            childC!.Result,
            childD!.Result,
            childE!.Result,
            childF!.Result,
            childG!.Result,
            childH!.Result);
    }
}
