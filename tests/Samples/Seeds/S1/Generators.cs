namespace Seeds.S1;

/// <summary>A function that keeps its frame between two values: as an iterator, and as a driven coroutine.</summary>
internal static class Generators
{
    [Row("S1-01", "A call is a frame on the stack")]
    internal static void CallStack()
    {
        Console.WriteLine("calling main");
        Console.WriteLine(Main());

        static int Main()
        {
            Console.WriteLine("in main");
            return Add(1, 2);
        }

        static int Add(int x, int y) => x + y;
    }

    [Row("S1-02", "A generator keeps its frame, as an iterator and as a coroutine that is driven")]
    internal static void KeepsItsFrame()
    {
        Console.WriteLine("# iterator");
        Print(DoThings());
        Console.WriteLine("# coroutine");
        Print(Drive(DoThingsAsCoroutine()));

        static IEnumerable<int> DoThings()
        {
            for (var i = 0; i < 3; i++)
            {
                var t = DoThing(i);
                yield return t;
                Console.WriteLine($"just yielded {t}");
            }
        }

        static async Coroutine DoThingsAsCoroutine()
        {
            for (var i = 0; i < 3; i++)
            {
                var t = DoThing(i);
                await Coroutine.Suspend(t);
                Console.WriteLine($"just yielded {t}");
            }
        }
    }

    [Row("S1-03", "Written out, with a single yield, and as an expression: the same")]
    internal static void OtherForms()
    {
        Console.WriteLine("# written out");
        Print(DoThings());
        Console.WriteLine("# a single yield");
        Print(Drive(DoFewerThings()));
        Console.WriteLine("# an expression");
        Print(Enumerable.Range(0, 3).Select(DoThing));

        static IEnumerable<int> DoThings()
        {
            var t0 = DoThing(0);
            yield return t0;
            Console.WriteLine($"just yielded {t0}");
            var t1 = DoThing(1);
            yield return t1;
            Console.WriteLine($"just yielded {t1}");
            var t2 = DoThing(2);
            yield return t2;
            Console.WriteLine($"just yielded {t2}");
        }

        static async Coroutine DoFewerThings() => await Coroutine.Suspend(0);
    }

    private static int DoThing(int i) => i * 10;

    private static void Print(IEnumerable<int> things)
    {
        foreach (var x in things)
        {
            Console.WriteLine(x);
            Console.WriteLine("--");
        }
    }

    private static IEnumerable<int> Drive(Coroutine coroutine)
    {
        using var driver = new CoroutineDriver(coroutine);
        while (driver.Send(null, out var yielded))
            yield return (int)yielded!;
    }
}
