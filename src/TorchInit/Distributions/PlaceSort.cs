using System.Numerics;

namespace TorchInit;

/// <summary>
/// Indices by descending key, in the order of torch's topk on Linux: partial_sort if few are wanted, else nth_element and sort, step by
/// step as in GNU's C++ library, because these steps decide the order of equal keys.
/// </summary>
sealed partial class PlaceSort
{
    const int Threshold = 16;

    readonly double[] _keys;
    readonly int[] _places;

    public PlaceSort(ReadOnlySpan<double> keys) => (_keys, _places) = (keys.ToArray(), [.. Enumerable.Range(0, keys.Length)]);

    /// <summary>Sorts the first <paramref name="count"/>.</summary>
    public void Top(int count)
    {
        int all = _keys.Length;
        if ((long)count * 64 <= all)
        {
            HeapSelect(0, count, all);
            SortHeap(0, count);
            return;
        }
        NthElement(0, count - 1, all);
        Sort(0, count - 1);
    }

    public int PlaceAt(int index) => _places[index];

    /// <summary>The first of the wanted indices whose key occurs again; null if there is none.</summary>
    public int? FirstTie(int count)
    {
        HashSet<double> rest = [.. _keys.AsSpan(count)];
        for (int i = 0; i < count; i++)
        {
            if (rest.Contains(_keys[i]) || (i + 1 < count && _keys[i].Equals(_keys[i + 1]))) { return i; }
        }
        return null;
    }

    bool Before(int a, int b) => Before(_keys[a], _keys[b]);

    static bool Before(double a, double b) => (double.IsNaN(a) && !double.IsNaN(b)) || a > b;

    void NthElement(int first, int nth, int last)
    {
        for (int depth = 2 * BitOperations.Log2((uint)Math.Max(last - first, 1)); last - first > 3; depth--)
        {
            if (depth == 0)
            {
                HeapSelect(first, nth + 1, last);
                Swap(first, nth);
                return;
            }
            int cut = Partition(first, last);
            if (cut <= nth) { first = cut; }
            else { last = cut; }
        }
        InsertionSort(first, last);
    }

    void Sort(int first, int last)
    {
        if (first >= last) { return; }
        IntroSort(first, last, 2 * BitOperations.Log2((uint)(last - first)));
        if (last - first <= Threshold)
        {
            InsertionSort(first, last);
            return;
        }
        InsertionSort(first, first + Threshold);
        for (int i = first + Threshold; i < last; i++) { LinearInsert(i); }
    }

    void IntroSort(int first, int last, int depth)
    {
        while (last - first > Threshold)
        {
            if (depth-- == 0)
            {
                HeapSelect(first, last, last);
                SortHeap(first, last);
                return;
            }
            int cut = Partition(first, last);
            IntroSort(cut, last, depth);
            last = cut;
        }
    }

    /// <summary>Partitions around the median of the second, the middle and the last element.</summary>
    int Partition(int first, int last)
    {
        MedianToFirst(first, first + 1, first + (last - first) / 2, last - 1);
        (int left, int right) = (first + 1, last);
        while (true)
        {
            while (Before(left, first)) { left++; }
            right--;
            while (Before(first, right)) { right--; }
            if (left >= right) { return left; }
            Swap(left++, right);
        }
    }

    void MedianToFirst(int result, int a, int b, int c)
    {
        if (Before(a, b)) { Swap(result, Before(b, c) ? b : Before(a, c) ? c : a); }
        else { Swap(result, Before(a, c) ? a : Before(b, c) ? c : b); }
    }

    void InsertionSort(int first, int last)
    {
        for (int i = first + 1; i < last; i++)
        {
            if (!Before(i, first))
            {
                LinearInsert(i);
                continue;
            }
            (double key, int place) = (_keys[i], _places[i]);
            Array.Copy(_keys, first, _keys, first + 1, i - first);
            Array.Copy(_places, first, _places, first + 1, i - first);
            (_keys[first], _places[first]) = (key, place);
        }
    }

    void LinearInsert(int last)
    {
        (double key, int place) = (_keys[last], _places[last]);
        for (; Before(key, _keys[last - 1]); last--) { Move(last - 1, last); }
        (_keys[last], _places[last]) = (key, place);
    }

    void Move(int from, int to) => (_keys[to], _places[to]) = (_keys[from], _places[from]);

    void Swap(int a, int b)
    {
        (_keys[a], _keys[b]) = (_keys[b], _keys[a]);
        (_places[a], _places[b]) = (_places[b], _places[a]);
    }
}
